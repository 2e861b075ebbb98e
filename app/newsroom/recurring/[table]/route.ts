import { notFound } from "next/navigation";
import { dayOn } from "@/domain/calendar";
import {
  listRecurringExportRows,
  RECURRING_EXPORT_TABLE_NAMES,
  recurringExportColumnNames,
} from "@/domain/newsroom/exports/recurring";
import { prepareRecurringReportInput } from "@/domain/newsroom/recurring-report";
import { parseRecurringView, recurringViewQuery } from "@/domain/newsroom/recurring-view";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { streamTableAsCsv } from "@/systems/documents/csv";
import { sendCsvInParts } from "@/systems/documents/send";

type Context = { params: Promise<{ table: string }> };

/**
 * Sends a table of the page of recurring gifts as a file. A colleague who must sign in first then returns to that page.
 * Returning to the file would be wrong, because a browser does not display a downloaded file.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const now = currentTime();
  const today = dayOn(now, publication.timeZone);
  const view = parseRecurringView(Object.fromEntries(new URL(request.url).searchParams), today);
  await requireStaff("totals", `/newsroom/recurring?${recurringViewQuery(view)}`);
  const file = (await params).table;
  const table = RECURRING_EXPORT_TABLE_NAMES.find((each) => `${each}.csv` === file);
  if (!table) return notFound();
  const db = await database();
  const rows = listRecurringExportRows(db, {
    ...(await prepareRecurringReportInput(db, { view, today, publication })),
    now,
    table,
  });
  return sendCsvInParts(
    streamTableAsCsv(recurringExportColumnNames(table), rows),
    `recurring-${table}-${view.until}.csv`,
  );
}
