import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { RecurringScreen } from "@/components/newsroom/recurring-screen";
import { translator } from "@/content/messages";
import { dayOn } from "@/domain/calendar";
import { getRecurringFigures } from "@/domain/newsroom/figures";
import { parseRecurringView, recurringViewQuery } from "@/domain/newsroom/recurring-view";
import { hasRight } from "@/domain/newsroom/staff/roles";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { logPageSectionFailure } from "@/systems/failed-page-section";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/recurring";

type RecurringPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: RecurringPageProps): Promise<Metadata> {
  const { viewer } = await requireView(searchParams);
  return { title: sectionTitle(translator(viewer.locale), "recurring") };
}

export default async function RecurringPage({ searchParams }: RecurringPageProps) {
  const { viewer, view, now, today } = await requireView(searchParams);
  const options = { view, publication, now, onFailure: logPageSectionFailure };
  return (
    <RecurringScreen
      locale={viewer.locale}
      view={view}
      today={today}
      figures={await getRecurringFigures(await database(), options)}
      timeZone={publication.timeZone}
      mayOpenPeople={hasRight(viewer.colleague.role, "people")}
      onFailure={logPageSectionFailure}
    />
  );
}

/**
 * Checks the right to see totals, and reads the view from the query. After signing in, a colleague returns to the same
 * view.
 */
async function requireView(searchParams: RecurringPageProps["searchParams"]) {
  const query = await searchParams;
  const now = currentTime();
  const today = dayOn(now, publication.timeZone);
  const view = parseRecurringView(query, today);
  const isPlain = Object.keys(query).length === 0;
  const viewer = await requireStaff("totals", isPlain ? PATH : `${PATH}?${recurringViewQuery(view)}`);
  return { viewer, view, now, today };
}
