import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import type { Fact } from "../ledger/fact";
import { recordEvent } from "../ledger/record";
import {
  sampleBalanceMovedFact,
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  sampleRefundReported,
  testOptionsForRecordingEvents,
} from "../ledger/testing/books";
import { getTotals } from "./totals";

let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});
afterEach(() => db.$disconnect());

async function deliver(...events: Fact[][]) {
  for (const [i, facts] of events.entries())
    await recordEvent(db, { ...testOptionsForRecordingEvents, eventId: `evt_${i}`, type: "test", facts });
}

const totalsOn = (day: string) => getTotals(db, { day, month: "2026-11" });
/** Returns the balance transaction with which Stripe takes back the money of a bounced bank debit and charges a fee. */
function bounced({ settled: { currency }, ...movement }: typeof sampleBalanceMovedFact): Fact {
  const back = { currency, amountMinor: -1000, feeMinor: 650, netMinor: -1650 };
  return { ...movement, entryKind: "payment-returned", balanceTransactionId: "txn_2", settled: back };
}
const begunAt = new Date("2026-11-18T12:00:00Z");

test("the fees of a bounced debit move to the day on which it began and leave nothing on the day reported first", async () => {
  const moves = [sampleBalanceMovedFact, bounced(sampleBalanceMovedFact)];
  await deliver(
    [{ ...samplePaymentFactFromCheckout, status: "failed" }, ...moves],
    [{ ...samplePaymentFactFromCheckout, status: "pending", paidAt: begunAt }],
  );
  expect((await totalsOn("2026-11-20")).today).toEqual([]);
  const { today, month } = await totalsOn("2026-11-18");
  expect(today).toEqual(month);
  expect(today).toMatchObject([{ currency: "USD", payments: 0, settled: [{ fee: { amountMinor: 709 } }] }]);
});

test("a settlement currency whose amounts moved to another day is not listed", async () => {
  const inEuro = { ...sampleBalanceMovedFact, settled: { ...sampleBalanceMovedFact.settled, currency: "EUR" } };
  const another = { ...samplePaymentFactFromCharge, paymentIntentId: "pi_2", charge: { chargeId: "ch_2" } };
  const pending: Fact = { ...samplePaymentFactFromCheckout, status: "pending", paidAt: begunAt };
  await deliver(
    [{ ...samplePaymentFactFromCheckout, status: "failed" }, inEuro, bounced(inEuro)],
    [pending],
    [another],
  );
  expect((await totalsOn("2026-11-20")).today).toMatchObject([{ currency: "USD", payments: 1, settled: [] }]);
});

test("a day with only refunds is shown", async () => {
  await deliver([samplePaymentFactFromCharge, sampleBalanceMovedFact], [sampleRefundReported("re_1", 300)]);
  const { today } = await totalsOn("2026-11-21");
  expect(today).toMatchObject([{ payments: 0, gross: { amountMinor: 0 }, refunded: { amountMinor: 300 } }]);
});
