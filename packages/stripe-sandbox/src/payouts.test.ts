import { afterAll, beforeAll, expect, test } from "vitest";
import { secondsInDays } from "./bank-days";
import { failPayout } from "./resources/payouts";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { manualClock } from "./testing/manual-clock";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS, openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
/** Replaces the system clock. Starts on Thursday, 7 January 2027, noon UTC. */
const clock = manualClock(Date.UTC(2027, 0, 7, 12) / 1000);

beforeAll(async () => {
  bench = await openTestSandbox({ now: clock.now, payouts: "daily" });
});
afterAll(() => bench.close());

async function pay(amount: number, payment_method = "pm_card_visa"): Promise<string> {
  const { latest_charge } = await bench.stripe.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  });
  await bench.takeEventTypesUntil("charge.updated");
  return String(latest_charge);
}

test("the money that becomes available on a day is paid out in one payout, which lists its transactions", async () => {
  const charge = await pay(1_000);
  await pay(2_000);
  await bench.stripe.refunds.create({ charge, amount: 300 });
  await bench.takeEventTypesUntil("refund.created");
  expect(await bench.stripe.balance.retrieve()).toMatchObject({
    available: [{ amount: -300, currency: "usd" }],
    pending: [{ amount: 2_853, currency: "usd" }],
  });
  await clock.advance(bench, secondsInDays(2));
  const { data } = await bench.stripe.payouts.list();
  expect(data).toHaveLength(1);
  const [payout] = data;
  expect(payout).toMatchObject({ amount: 2_553, automatic: true, status: "in_transit" });
  await expect(bench.stripe.payouts.cancel(payout?.id ?? "")).rejects.toThrow("Automatic payouts cannot be canceled");
  await clock.advance(bench, secondsInDays(3));
  const types = await bench.takeEventTypesUntil("payout.reconciliation_completed");
  const ofPayout = types.filter((type) => type.startsWith("payout."));
  expect(ofPayout).toEqual(listEventsInSandboxDocs("daily payout"));
  const { data: movements } = await bench.stripe.balanceTransactions.list({ payout: payout?.id });
  expect(movements.map(({ type }) => type).sort()).toEqual(["charge", "charge", "payout", "refund"]);
  expect(movements.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  expect(await bench.stripe.balance.retrieve()).toMatchObject({ available: [{ amount: 0 }], pending: [{ amount: 0 }] });
});

test("a failed payout returns its money; a manual payout takes an amount and can be cancelled", async () => {
  await pay(5_000, "pm_card_bypassPending");
  const payout = await bench.stripe.payouts.create({ amount: 1_000, currency: "usd" });
  expect(payout).toMatchObject({ automatic: false, status: "pending", reconciliation_status: "not_applicable" });
  await expect(bench.stripe.payouts.create({ amount: 100_000, currency: "usd" })).rejects.toMatchObject({
    code: "balance_insufficient",
  });
  expect((await bench.stripe.payouts.cancel(payout.id)).status).toBe("canceled");
  const other = await bench.stripe.payouts.create({ amount: 1_000, currency: "usd" });
  const [row] = bench.sandbox.store.listAccounts();
  bench.sandbox.store.transaction(() => failPayout(bench.sandbox.account(row?.id ?? ""), other.id));
  expect(await bench.stripe.payouts.retrieve(other.id)).toMatchObject({
    status: "failed",
    failure_code: "account_closed",
  });
  const { available } = await bench.stripe.balance.retrieve();
  expect(available).toMatchObject([{ amount: 4_825, currency: "usd" }]);
});
