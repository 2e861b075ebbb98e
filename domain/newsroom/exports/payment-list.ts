// The export of the list of payments. The names and order of the columns must not change (docs/exports.md). No row
// contains a person's name or id.
import { dayOn } from "../../calendar";
import type { Db } from "../../database";
import { shownReceiptNumber } from "../../ledger/receipt-number";
import { toDecimal } from "../../money";
import type { PaymentListItem } from "../latest";
import { listAllPayments } from "../payment-list";
import type { PaymentListFilter } from "../payment-view";
import type { ExportCell } from "./payments";

export const PAYMENT_LIST_COLUMNS = [
  ...["receipt", "day", "time_utc", "currency", "amount", "kept", "frequency", "state", "article"],
] as const;

export async function* listPaymentListRows(
  db: Db,
  { view, timeZone }: { view: PaymentListFilter; timeZone: string },
): AsyncGenerator<ExportCell[][]> {
  for await (const payments of listAllPayments(db, { view, timeZone }))
    yield payments.map((payment) => cellsOf(payment, dayOn(payment.paidAt, timeZone)));
}

function cellsOf(
  { id, paidAt, money, kept, frequency, standing, article }: PaymentListItem,
  day: string,
): ExportCell[] {
  const amounts = [{ decimal: toDecimal(money) }, { decimal: toDecimal(kept) }];
  return [
    ...[shownReceiptNumber(id), day, paidAt.toISOString(), money.currency],
    ...amounts,
    ...[frequency, standing, article ?? ""],
  ];
}
