import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { TodayScreen } from "@/components/newsroom/today-screen";
import { AccountLine } from "@/components/supporters/account-line";
import { translator } from "@/content/messages";
import { getTodayPageFigures } from "@/domain/newsroom/figures";
import { hasRight } from "@/domain/newsroom/staff/roles";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { logPageSectionFailure } from "@/systems/failed-page-section";

export const dynamic = "force-dynamic";

const PATH = "/newsroom";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("totals", PATH);
  return { title: sectionTitle(translator(locale), "today") };
}

export default async function TodayPage() {
  const { locale, colleague } = await requireStaff("totals", PATH);
  const figures = await getTodayPageFigures(await database(), {
    publication,
    now: currentTime(),
    onFailure: logPageSectionFailure,
  });
  return (
    <>
      <TodayScreen
        locale={locale}
        figures={figures}
        timeZone={publication.timeZone}
        findHeadline={(id) => findArticleById(id)?.headline ?? null}
        mayOpenQueue={hasRight(colleague.role, "queue")}
        mayOpenAppeals={hasRight(colleague.role, "appeals")}
        mayOpenPeople={hasRight(colleague.role, "people")}
        onFailure={logPageSectionFailure}
      />
      <AccountLine locale={locale} address={null} />
    </>
  );
}
