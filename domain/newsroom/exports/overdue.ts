// The export of overdue gifts. The names and order of the columns must not change (docs/exports.md).
import type { Db } from "../../database";
import { type Money, toDecimal } from "../../money";
import { listAllOverdueGifts, type OverdueGift, type OverdueGiftsSortOrder } from "../overdue-gifts";
import type { ExportCell } from "./payments";

export const OVERDUE_EXPORT_COLUMNS = [
  ...["gift", "currency", "amount", "frequency", "value_a_month"],
  ...["overdue_since", "reason", "next_try", "next_try_at", "last_mail", "last_mail_at"],
] as const;

export async function* listOverdueRows(
  db: Db,
  list: { order: OverdueGiftsSortOrder; now: Date },
): AsyncGenerator<ExportCell[][]> {
  for await (const gifts of listAllOverdueGifts(db, list)) yield gifts.map(cellsOf);
}

function cellsOf({
  id,
  currency,
  money,
  frequency,
  perMonth,
  since,
  code,
  nextAttempt,
  lastMail,
}: OverdueGift): ExportCell[] {
  const isPlanned = nextAttempt instanceof Date;
  return [
    ...[id, currency, decimal(money), frequency, decimal(perMonth), since?.toISOString() ?? "", code ?? ""],
    ...[isPlanned ? "planned" : nextAttempt, isPlanned ? nextAttempt.toISOString() : ""],
    ...[lastMail?.kind ?? "", lastMail?.at.toISOString() ?? ""],
  ];
}

function decimal(money: Money | null): ExportCell {
  return money ? { decimal: toDecimal(money) } : "";
}
