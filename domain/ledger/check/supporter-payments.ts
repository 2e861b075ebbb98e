// Compares with the payments themselves: which payment was a supporter's first, and when each supporter last paid.
import type { Db } from "../../database";
import type { RecordOptions } from "../context";
import { updateTotalsFor } from "../entries";
import { updateFirstPayment } from "../first-payments";
import { changePayment } from "../store/payments";
import type { Difference } from "./row";
import { countWrongLastPaid, listWrongPaymentKinds, setEveryLastPaidAt } from "./store/ledger-supporters";

/** With `repair`, corrects them and moves the totals with them, so the totals must be compared afterwards. */
export async function compareSupporterPayments(
  db: Db,
  { repair, record }: { repair: boolean; record: RecordOptions },
): Promise<Difference[]> {
  const wrong = await listWrongPaymentKinds(db);
  const late = await countWrongLastPaid(db);
  if (repair && wrong.length > 0) {
    for (const supporterId of new Set(wrong.map((payment) => payment.supporterId)))
      if (supporterId) await db.$transaction((tx) => updateFirstPayment({ ...record, tx }, supporterId));
    for (const before of wrong.filter(({ supporterId }) => !supporterId))
      await db.$transaction(async (tx) => {
        const payment = await changePayment(tx, before, { supporterKind: null });
        await updateTotalsFor({ ...record, tx }, { before, payment });
      });
  }
  if (repair && late > 0) await db.$transaction((tx) => setEveryLastPaidAt(tx));
  const kinds = wrong.map(({ id, invoiceId, paymentIntentId, supporterKind }) => ({
    ...{ object: invoiceId ?? paymentIntentId ?? id, place: "payment.supporterKind", cause: "sum-differs" as const },
    ...{ ours: supporterKind, theirs: null },
  }));
  const times = { place: "supporter.lastPaidAt", cause: "sum-differs" as const, ours: String(late), theirs: "0" };
  return late > 0 ? [...kinds, { object: "supporters", ...times }] : kinds;
}
