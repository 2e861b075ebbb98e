import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { minutesToSeconds, secondsInDays } from "./bank-days";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { manualClock } from "./testing/manual-clock";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS, openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
/** Replaces the system clock. Starts on Thursday, 7 January 2027, noon UTC. */
const clock = manualClock(Date.UTC(2027, 0, 7, 12) / 1000);

beforeAll(async () => {
  bench = await openTestSandbox({ now: clock.now });
});
afterAll(() => bench.close());

async function giveByDebit(iban: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return bench.stripe.paymentIntents.create({
    amount: 2_000,
    currency: "eur",
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
    payment_method_data: {
      type: "sepa_debit",
      sepa_debit: { iban },
      billing_details: { name: "Rosa Reader", email: "reader@example.org" },
    },
    mandate_data: { customer_acceptance: { type: "online", online: { ip_address: "127.0.0.1", user_agent: "test" } } },
    ...more,
  });
}

test("a debit is pending for five working days, then settles into the balance with a flat fee", async () => {
  const intent = await giveByDebit("DE89 3704 0044 0532 0130 00");
  expect(intent).toMatchObject({ status: "processing", amount_received: 0 });
  const pending = await bench.stripe.charges.retrieve(String(intent.latest_charge), {
    expand: ["balance_transaction"],
  });
  expect(pending).toMatchObject({ id: expect.stringMatching(/^py_/), status: "pending", paid: false, captured: false });
  expect(pending.payment_method_details?.sepa_debit).toMatchObject({ country: "DE", last4: "3000" });
  expect(pending.balance_transaction).toMatchObject({ amount: 2_000, fee: 35, net: 1_965, type: "payment" });
  await clock.advance(bench, secondsInDays(6));
  expect((await bench.stripe.paymentIntents.retrieve(intent.id)).status).toBe("processing");
  await clock.advance(bench, secondsInDays(1));
  expect(await bench.takeEventTypesUntil("payment_intent.succeeded")).toEqual(
    listEventsInSandboxDocs("SEPA debit that settles, through the API"),
  );
  const settled = await bench.stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
  expect(settled).toMatchObject({
    status: "succeeded",
    amount_received: 2_000,
    latest_charge: { paid: true, captured: true, status: "succeeded", amount_captured: 2_000 },
  });
});

test("when a debit bounces, its money is taken back and the intent waits for another method", async () => {
  const intent = await giveByDebit("DE62370400440532013001");
  await clock.advance(bench, secondsInDays(7));
  expect(await bench.takeEventTypesUntil("payment_intent.payment_failed")).toEqual(
    listEventsInSandboxDocs("SEPA debit that bounces, through the API"),
  );
  const failed = await bench.stripe.paymentIntents.retrieve(intent.id, {
    expand: ["latest_charge.failure_balance_transaction"],
  });
  expect(failed).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { type: "card_error", code: "insufficient_funds" },
    latest_charge: {
      status: "failed",
      failure_code: "insufficient_funds",
      failure_balance_transaction: { amount: -2_000, type: "payment_failure_refund" },
    },
  });
});

test("a debit is decided after three minutes for a quick test IBAN, and at once for the official CLI's IBANs", async () => {
  const { id } = await giveByDebit("DE08370400440532013003");
  await clock.advance(bench, minutesToSeconds(3) - 1);
  expect((await bench.stripe.paymentIntents.retrieve(id)).status).toBe("processing");
  await clock.advance(bench, 1);
  expect((await bench.stripe.paymentIntents.retrieve(id)).status).toBe("succeeded");
  await giveByDebit("AT611904300234573201");
  const fails = await giveByDebit("IT60X0542811101000000123456");
  await bench.takeEventTypesUntil("payment_intent.payment_failed");
  expect((await bench.stripe.paymentIntents.retrieve(fails.id)).status).toBe("requires_payment_method");
});

test("a debit of the disputed test IBAN is disputed once it has settled, and the dispute is lost at once", async () => {
  const intent = await giveByDebit("DE35370400440532013002");
  await clock.advance(bench, secondsInDays(7));
  expect(await bench.takeEventTypesUntil("charge.dispute.closed")).toEqual(
    listEventsInSandboxDocs("SEPA debit that settles and is disputed"),
  );
  const { data } = await bench.stripe.disputes.list({ payment_intent: intent.id });
  expect(data[0]).toMatchObject({ status: "lost", reason: "customer_initiated", amount: 2_000 });
});

test("a saved bank account keeps one mandate for all its debits", async () => {
  const customer = await bench.stripe.customers.create({ email: "reader@example.org" });
  const first = await giveByDebit("AT611904300234573201", { customer: customer.id, setup_future_usage: "off_session" });
  const { data } = await bench.stripe.customers.listPaymentMethods(customer.id, { type: "sepa_debit" });
  expect(data[0]?.sepa_debit).toMatchObject({ country: "AT", last4: "3201" });
  const second = await bench.stripe.paymentIntents.create({
    amount: 500,
    currency: "eur",
    customer: customer.id,
    payment_method: data[0]?.id,
    off_session: true,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  });
  const mandates = await Promise.all(
    [first, second].map(async ({ latest_charge: id }) => {
      const charge = await bench.stripe.charges.retrieve(String(id));
      return charge.payment_method_details?.sepa_debit?.mandate;
    }),
  );
  expect(mandates[0]).toBe(mandates[1]);
  expect(await bench.stripe.mandates.retrieve(String(mandates[0]))).toMatchObject({
    status: "active",
    payment_method: data[0]?.id,
    customer_acceptance: { online: { ip_address: "127.0.0.1" } },
  });
  await bench.takeEventTypesUntil("payment_intent.succeeded", 2);
});

test("a debit refuses currencies other than euro, and invalid IBANs", async () => {
  const params = { payment_method_types: undefined };
  await expect(giveByDebit("DE89370400440532013000", { currency: "usd", ...params })).rejects.toMatchObject({
    code: "payment_intent_incompatible_payment_method",
  });
  await expect(giveByDebit("DE00370400440532013000")).rejects.toMatchObject({
    code: "invalid_bank_account_iban",
    param: "payment_method_data[sepa_debit][iban]",
  });
});
