import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { secondsInDays } from "./bank-days";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { manualClock } from "./testing/manual-clock";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS, openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
const clock = manualClock(Date.UTC(2027, 0, 7, 12) / 1000);

beforeAll(async () => {
  bench = await openTestSandbox({ now: clock.now });
});
afterAll(() => bench.close());

async function pay(
  payment_method: string,
  sum: { amount: number; currency: string } = { amount: 2_000, currency: "usd" },
) {
  const intent = await bench.stripe.paymentIntents.create({
    ...sum,
    payment_method,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  });
  await bench.takeEventTypesUntil("charge.updated");
  return { intent: intent.id, charge: String(intent.latest_charge) };
}

async function movementsOf(charge: string): Promise<Stripe.BalanceTransaction[]> {
  const { data: refunds } = await bench.stripe.refunds.list({ charge, limit: 100 });
  const sources = [charge, ...refunds.map(({ id }) => id)];
  const lists = await Promise.all(sources.map((source) => bench.stripe.balanceTransactions.list({ source })));
  return lists.flatMap(({ data }) => data);
}

describe("a refund", () => {
  test("two partial refunds send Stripe's events and leave the charge fully refunded", async () => {
    const { intent, charge } = await pay("pm_card_visa");
    const first = await bench.stripe.refunds.create({
      payment_intent: intent,
      amount: 500,
      reason: "requested_by_customer",
      metadata: { ticket: "7" },
    });
    expect(first).toMatchObject({ amount: 500, status: "succeeded", charge, metadata: { ticket: "7" } });
    const half = await bench.stripe.charges.retrieve(charge, { expand: ["refunds"] });
    expect(half).toMatchObject({ amount_refunded: 500, refunded: false });
    expect(half.refunds?.data.map(({ id }) => id)).toEqual([first.id]);
    const second = await bench.stripe.refunds.create({ charge });
    expect(second).toMatchObject({ amount: 1_500, reason: null });
    expect(await bench.stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 2_000, refunded: true });
    await clock.advance(bench, secondsInDays(5));
    expect(await bench.takeEventTypesUntil("charge.refund.updated", 2)).toEqual(
      listEventsInSandboxDocs("two partial refunds"),
    );
    const ofCharge = (id: string) => bench.stripe.rawRequest("GET", `/v1/charges/${id}/refunds/${first.id}`);
    expect(await ofCharge(charge)).toMatchObject({ id: first.id, amount: 500 });
    const other = await pay("pm_card_visa");
    await expect(ofCharge(other.charge)).rejects.toMatchObject({ statusCode: 404, code: "resource_missing" });
    const { destination_details: details } = await bench.stripe.refunds.retrieve(first.id);
    expect(details?.card).toMatchObject({ reference_status: "available" });
    const { data } = await bench.stripe.events.list({ type: "charge.refunded", limit: 2 });
    expect(data.map((event) => event.data.previous_attributes)).toEqual([
      { amount_refunded: 500, refunded: false },
      { amount_refunded: 0 },
    ]);
  });

  test("a refund takes the amount from the balance and leaves the fee", async () => {
    const { charge } = await pay("pm_card_visa");
    const refund = await bench.stripe.refunds.create({ charge, amount: 700, expand: ["balance_transaction"] });
    expect(refund.balance_transaction).toMatchObject({
      amount: -700,
      fee: 0,
      net: -700,
      type: "refund",
      reporting_category: "refund",
      source: refund.id,
    });
    await bench.takeEventTypesUntil("refund.created");
  });

  test.each([[[3_333, 1_234, 433]], [[1, 1, 4_998]], [[5_000]]])(
    "refunds of a converted gift in the parts %j return exactly its amount",
    async (parts) => {
      const { charge } = await pay("pm_card_visa", { amount: 5_000, currency: "sek" });
      for (const amount of parts) await bench.stripe.refunds.create({ charge, amount });
      const movements = await movementsOf(charge);
      expect(movements.map(({ currency }) => currency)).toEqual(Array(parts.length + 1).fill("usd"));
      expect(new Set(movements.map(({ exchange_rate }) => exchange_rate)).size).toBe(1);
      const fees = movements.reduce((sum, { fee }) => sum + fee, 0);
      expect(movements.reduce((sum, { net }) => sum + net, 0)).toBe(-fees);
      await bench.takeEventTypesUntil("refund.created", parts.length);
    },
  );

  test("a refund may stay pending for a while and then succeed", async () => {
    const { charge } = await pay("pm_card_pendingRefund");
    const refund = await bench.stripe.refunds.create({ charge });
    expect(refund).toMatchObject({ status: "pending", pending_reason: "processing" });
    await clock.advance(bench, 5);
    expect(await bench.takeEventTypesUntil("charge.refund.updated")).toEqual(listEventsInSandboxDocs("pending refund"));
    expect(await bench.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: "succeeded" });
  });

  test("a refund that fails returns the money, and the charge can be refunded again", async () => {
    const { charge } = await pay("pm_card_refundFail", { amount: 5_001, currency: "sek" });
    const refund = await bench.stripe.refunds.create({ charge, amount: 2_000 });
    expect(refund.status).toBe("succeeded");
    await clock.advance(bench, 5);
    expect(await bench.takeEventTypesUntil("charge.refund.updated")).toEqual(
      listEventsInSandboxDocs("refund that fails"),
    );
    const failed = await bench.stripe.refunds.retrieve(refund.id, {
      expand: ["failure_balance_transaction", "balance_transaction"],
    });
    const { balance_transaction: taken, failure_balance_transaction: back } = failed;
    if (typeof taken !== "object" || typeof back !== "object") throw new Error("not expanded");
    expect(failed).toMatchObject({ status: "failed", failure_reason: "expired_or_canceled_card" });
    expect(back).toMatchObject({ type: "refund_failure", amount: -(taken?.amount ?? 0) });
    expect(await bench.stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    await bench.stripe.refunds.create({ charge });
    const movements = await movementsOf(charge);
    const gross = movements.reduce((sum, { amount }) => sum + amount, 0);
    expect(gross).toBe(0);
    await bench.takeEventTypesUntil("refund.created");
  });
});

describe("a refused refund", () => {
  test("a refund of more than is left, or of a charge that is fully refunded or unpaid, is refused", async () => {
    const { charge, intent } = await pay("pm_card_visa");
    await expect(bench.stripe.refunds.create({ charge, amount: 2_001 })).rejects.toMatchObject({
      param: "amount",
      message: "Refund amount ($20.01) is greater than unrefunded amount on charge ($20.00)",
    });
    await bench.stripe.refunds.create({ payment_intent: intent });
    await expect(bench.stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_already_refunded" });
    const unpaid = await bench.stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    await expect(bench.stripe.refunds.create({ payment_intent: unpaid.id })).rejects.toMatchObject({
      param: "payment_intent",
    });
    await expect(bench.stripe.refunds.create({})).rejects.toMatchObject({ code: "parameter_missing" });
    await expect(bench.stripe.refunds.create({ charge: "ch_none" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "charge",
      statusCode: 400,
    });
    await bench.takeEventTypesUntil("payment_intent.created");
  });

  test("a refund is refused while the bank holds the disputed money, and a refund cannot be cancelled", async () => {
    const { charge } = await pay("pm_card_createDispute");
    await expect(bench.stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_disputed" });
    const other = await pay("pm_card_visa");
    const refund = await bench.stripe.refunds.create({ charge: other.charge });
    await expect(bench.stripe.refunds.cancel(refund.id)).rejects.toMatchObject({ statusCode: 400 });
  });
});
