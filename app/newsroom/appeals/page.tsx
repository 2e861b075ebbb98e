import type { Metadata } from "next";
import { AppealsScreen } from "@/components/newsroom/appeals/appeals-screen";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { listAppeals } from "@/domain/appeal/read-appeal";
import { publication } from "@/publication";
import { listColleagueAddresses } from "@/systems/auth/colleague-names";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/appeals";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("appeals", PATH);
  return { title: sectionTitle(translator(locale), "appeals") };
}

export default async function AppealsPage() {
  const { locale, colleague } = await requireStaff("appeals", PATH);
  const [db, now] = [await database(), currentTime()];
  return (
    <AppealsScreen
      locale={locale}
      appeals={await listAppeals(db, { forColleagueId: colleague.id, now })}
      names={await listColleagueAddresses(db)}
      now={now}
      timeZone={publication.timeZone}
      flash={await readFlashMessage(PATH)}
    />
  );
}
