import type { Metadata } from "next";
import { IncomeScreen } from "@/components/newsroom/income-screen";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { dayOn } from "@/domain/calendar";
import { getIncomeFigures } from "@/domain/newsroom/figures";
import { incomeViewUrlQuery, parseIncomeView } from "@/domain/newsroom/income-view";
import { hasRight } from "@/domain/newsroom/staff/roles";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { logPageSectionFailure } from "@/systems/failed-page-section";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/income";

type IncomePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: IncomePageProps): Promise<Metadata> {
  const { viewer } = await requireView(searchParams);
  return { title: sectionTitle(translator(viewer.locale), "income") };
}

export default async function IncomePage({ searchParams }: IncomePageProps) {
  const { viewer, parsed, now, today } = await requireView(searchParams);
  const options = { view: parsed.view, publication, now, onFailure: logPageSectionFailure };
  return (
    <IncomeScreen
      {...parsed}
      locale={viewer.locale}
      figures={await getIncomeFigures(await database(), options)}
      today={today}
      timeZone={publication.timeZone}
      mayExport={hasRight(viewer.colleague.role, "exports")}
      findHeadline={(id) => findArticleById(id)?.headline ?? null}
      onFailure={logPageSectionFailure}
    />
  );
}

/**
 * Checks the right to see totals, and reads the view from the query. After signing in, a colleague returns to the same
 * view.
 */
async function requireView(searchParams: IncomePageProps["searchParams"]) {
  const query = await searchParams;
  const now = currentTime();
  const today = dayOn(now, publication.timeZone);
  const parsed = parseIncomeView(query, today);
  const isPlain = Object.keys(query).length === 0;
  const viewer = await requireStaff("totals", isPlain ? PATH : `${PATH}?${incomeViewUrlQuery(parsed.view)}`);
  return { viewer, parsed, now, today };
}
