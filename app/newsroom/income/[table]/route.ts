import { notFound } from "next/navigation";
import { dayOn } from "@/domain/calendar";
import { INCOME_EXPORT_TABLE_NAMES, incomeColumns, listIncomeRows } from "@/domain/newsroom/exports/income";
import { prepareIncomeReportInput } from "@/domain/newsroom/income-report";
import { incomeViewUrlQuery, parseIncomeView } from "@/domain/newsroom/income-view";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { streamTableAsCsv } from "@/systems/documents/csv";
import { sendCsvInParts } from "@/systems/documents/send";

type Context = { params: Promise<{ table: string }> };

/**
 * Downloads a table of the income page as a CSV file. A browser shows no new page after a download, so sign-in returns
 * to the income page and not to the file.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const today = dayOn(currentTime(), publication.timeZone);
  const { view } = parseIncomeView(Object.fromEntries(new URL(request.url).searchParams), today);
  await requireStaff("totals", `/newsroom/income?${incomeViewUrlQuery(view)}`);
  const file = (await params).table;
  const table = INCOME_EXPORT_TABLE_NAMES.find((each) => `${each}.csv` === file);
  if (!table) return notFound();
  const db = await database();
  const rows = listIncomeRows(db, { ...(await prepareIncomeReportInput(db, { view, today, publication })), table });
  return sendCsvInParts(streamTableAsCsv(incomeColumns(table), rows), `income-${table}-${view.step}-${view.until}.csv`);
}
