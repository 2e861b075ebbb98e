import type { Metadata } from "next";
import { IncomeScreen } from "@/components/newsroom/income-screen";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { getIncomeFigures } from "@/domain/newsroom/figures";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { logFailedPart } from "@/systems/failed-part";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/income";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("totals", PATH);
  return { title: sectionTitle(translator(locale), "income") };
}

type IncomePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function IncomePage({ searchParams }: IncomePageProps) {
  const { locale } = await requireStaff("totals", PATH);
  const { currency: wanted } = await searchParams;
  const options = { wanted, publication, now: currentTime(), onFailure: logFailedPart };
  return (
    <IncomeScreen
      locale={locale}
      figures={await getIncomeFigures(await database(), options)}
      timeZone={publication.timeZone}
      findHeadline={(id) => findArticleById(id)?.headline ?? null}
      onFailure={logFailedPart}
    />
  );
}
