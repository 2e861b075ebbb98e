import { dayOn } from "@/domain/calendar";
import { listPaymentListRows, PAYMENT_LIST_COLUMNS } from "@/domain/newsroom/exports/payment-list";
import { parsePaymentListFilter, paymentListFilterQueryString } from "@/domain/newsroom/payment-view";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { streamTableAsCsv } from "@/systems/documents/csv";
import { sendCsvInParts } from "@/systems/documents/send";
import { seeOther } from "@/systems/same-origin-form";

/**
 * Downloads all payments that match the filter, not only one page of the list. A colleague who must sign in first is
 * sent to the list afterwards, not to the file. Otherwise the browser would download the file and stay on the sign-in
 * page.
 */
export async function GET(request: Request): Promise<Response> {
  const { view, refused } = parsePaymentListFilter(Object.fromEntries(new URL(request.url).searchParams));
  const filter = paymentListFilterQueryString({ ...view, after: null });
  const page = `/newsroom/payments?${filter}`;
  const { colleague } = await requireStaff("people", page);
  if (refused) return seeOther(page);
  const { timeZone } = publication;
  const db = await database();
  const act = { colleague, kind: "payments-exported", about: "list:payments" } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, { ...act, after: { filter } }));
  const lines = listPaymentListRows(db, { view, timeZone });
  return sendCsvInParts(
    streamTableAsCsv(PAYMENT_LIST_COLUMNS, lines),
    `payments-${dayOn(currentTime(), timeZone)}.csv`,
  );
}
