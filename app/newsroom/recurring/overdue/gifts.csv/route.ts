import { dayOn } from "@/domain/calendar";
import { listOverdueRows, OVERDUE_EXPORT_COLUMNS } from "@/domain/newsroom/exports/overdue";
import { parseOverdueGiftsSortOrder } from "@/domain/newsroom/overdue-gifts";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { streamTableAsCsv } from "@/systems/documents/csv";
import { sendCsvInParts } from "@/systems/documents/send";

/**
 * Downloads all overdue gifts as a CSV file. A browser shows no new page after a download, so sign-in returns to the
 * page with the overdue gifts and not to the file.
 */
export async function GET(request: Request): Promise<Response> {
  const order = parseOverdueGiftsSortOrder(new URL(request.url).searchParams.get("by"));
  await requireStaff("people", `/newsroom/recurring/overdue?by=${order}`);
  const now = currentTime();
  const rows = listOverdueRows(await database(), { order, now });
  const today = dayOn(now, publication.timeZone);
  return sendCsvInParts(streamTableAsCsv(OVERDUE_EXPORT_COLUMNS, rows), `overdue-gifts-${today}.csv`);
}
