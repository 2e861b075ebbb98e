import type { Db } from "../../database";
import type { LedgerDifference } from "./row";
import {
  countSupportersWithWrongLastPaidAt,
  listPaymentsWithWrongSupporterKind,
  rederiveEveryLastPaidAt,
  rederiveSupporterKindOfEveryPayment,
} from "./store/ledger-supporters";

/**
 * Checks the stored `supporterKind` of payments and `lastPaidAt` of supporters against each supporter's payments. With
 * `repair`, corrects both columns. A corrected payment counts in other totals than before, so compare the totals only
 * after this call.
 */
export async function compareSupporterKindAndLastPaid(
  db: Db,
  { repair }: { repair: boolean },
): Promise<LedgerDifference[]> {
  const [wrong, late] = [await listPaymentsWithWrongSupporterKind(db), await countSupportersWithWrongLastPaidAt(db)];
  if (repair && wrong.length > 0) await db.$transaction((tx) => rederiveSupporterKindOfEveryPayment(tx));
  if (repair && late > 0) await db.$transaction((tx) => rederiveEveryLastPaidAt(tx));
  const kinds = wrong.map(({ id, invoiceId, paymentIntentId, supporterKind }) => ({
    ...{ object: invoiceId ?? paymentIntentId ?? id, place: "payment.supporterKind", cause: "sum-differs" as const },
    ...{ ours: supporterKind, theirs: supporterKind === null ? "returning" : null },
  }));
  const times = { place: "supporter.lastPaidAt", cause: "sum-differs" as const, ours: String(late), theirs: "0" };
  return late > 0 ? [...kinds, { object: "supporters", ...times }] : kinds;
}
