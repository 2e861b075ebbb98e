import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { handleAllDueObjects } from "./payment-flows/handle-due-objects";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  monthlyGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  submitForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
const START = 1_790_000_000;
let clock = START;
const DAY = 86_400;

beforeEach(async () => {
  clock = START;
  bench = await openTestSandbox({ now: () => clock });
});
afterEach(() => bench.close());

type Data = Stripe.Checkout.SessionCreateParams.SubscriptionData;

function open(data: Data, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return bench.stripe.checkout.sessions.create({ ...monthlyGiftParams(), ...more, subscription_data: data });
}

async function loadStarted({ id }: Stripe.Checkout.Session) {
  const session = await bench.stripe.checkout.sessions.retrieve(id);
  const subscription = await bench.stripe.subscriptions.retrieve(String(session.subscription), {
    expand: ["latest_invoice.payments"],
  });
  return { session, subscription, invoice: subscription.latest_invoice as Stripe.Invoice };
}

async function debit(iban: string) {
  const session = await bench.stripe.checkout.sessions.create(monthlyGiftParams(1_000, "eur"));
  await submitCheckoutForm(session, { method: "sepa_debit", iban, accountHolder: "Rosa Reader" });
  return session;
}

test("a recurring gift by SEPA debit is active at once, and its first invoice is paid when the bank has settled", async () => {
  const opened = await debit("DE89 3704 0044 0532 0130 00");
  const pending = await loadStarted(opened);
  expect(pending.session).toMatchObject({ status: "complete", payment_status: "unpaid", payment_intent: null });
  expect(pending.subscription.status).toBe("active");
  expect(pending.invoice).toMatchObject({ status: "open", attempted: true, amount_remaining: 1_000 });
  expect(pending.invoice.payments?.data[0]).toMatchObject({ status: "open" });
  clock += 14 * DAY;
  expect(await bench.takeEventTypesUntil("invoice_payment.paid")).toEqual(
    listEventsInSandboxDocs("recurring gift by SEPA debit that settles"),
  );
  const settled = await loadStarted(opened);
  expect(settled.session.payment_status).toBe("paid");
  expect(settled.invoice).toMatchObject({ status: "paid", amount_paid: 1_000, attempt_count: 1 });
  expect(settled.subscription.status).toBe("active");
});

test("a recurring gift whose first SEPA debit bounces is past due until the invoice is paid on its page", async () => {
  const opened = await debit("DE62 3704 0044 0532 0130 01");
  clock += 14 * DAY;
  expect(await bench.takeEventTypesUntil("customer.subscription.updated")).toEqual(
    listEventsInSandboxDocs("recurring gift by SEPA debit that bounces"),
  );
  const bounced = await loadStarted(opened);
  expect(bounced.session.payment_status).toBe("unpaid");
  expect(bounced.subscription.status).toBe("past_due");
  expect(bounced.invoice).toMatchObject({ status: "open", next_payment_attempt: null });
  const card = { cardNumber: "4242 4242 4242 4242", cardExpiry: "12/34", cardCvc: "123", billingName: "Rosa" };
  await submitForm(bounced.invoice.hosted_invoice_url ?? "", card);
  expect(await loadStarted(opened)).toMatchObject({ subscription: { status: "active" }, invoice: { status: "paid" } });
});

test("a trial charges nothing until its end, and saves the card for then", async () => {
  const session = await open({ trial_period_days: 14 });
  expect(session.amount_total).toBe(0);
  const page = await (await fetch(session.url ?? "")).text();
  expect(page).toContain("$0.00");
  expect(page).toContain("$10.00");
  await submitCheckoutForm(session);
  expect(await bench.takeEventTypesUntil("checkout.session.completed")).toEqual(
    listEventsInSandboxDocs("recurring gift that begins with a trial"),
  );
  const trial = await loadStarted(session);
  expect(trial.session).toMatchObject({ payment_status: "no_payment_required", setup_intent: null });
  expect(trial.subscription).toMatchObject({ status: "trialing", trial_end: START + 14 * DAY });
  expect(trial.invoice).toMatchObject({ status: "paid", amount_due: 0 });
  clock = START + 14 * DAY + 3_600;
  await handleAllDueObjects(bench.sandbox);
  await bench.takeEventTypesUntil("charge.updated");
  const after = await loadStarted(session);
  expect(after.subscription.status).toBe("active");
  expect(after.invoice).toMatchObject({ status: "paid", amount_paid: 1_000 });
});

test("a trial asks for 3-D Secure if the card must be authenticated", async () => {
  const session = await open({ trial_end: START + 5 * DAY });
  const { location } = await submitCheckoutForm(session, { cardNumber: "4000 0027 6000 3184" });
  expect(location).toMatch(/authenticate$/);
  await submitForm(bench.url + location, { answer: "complete" });
  expect((await loadStarted(session)).subscription.status).toBe("trialing");
});

test("a trial without a payment method shows no card form and ends as configured", async () => {
  const end_behavior = { missing_payment_method: "cancel" as const };
  const collection = { payment_method_collection: "if_required" as const };
  const session = await open({ trial_period_days: 7, trial_settings: { end_behavior } }, collection);
  const page = await (await fetch(session.url ?? "")).text();
  expect(page).not.toContain('name="cardNumber"');
  const { location } = await submitForm(session.url ?? "", { email: "reader@example.org" });
  expect(location).toContain("thank-you");
  const trial = await loadStarted(session);
  expect(trial.subscription).toMatchObject({
    status: "trialing",
    default_payment_method: null,
    trial_settings: { end_behavior },
  });
  clock = START + 7 * DAY;
  await handleAllDueObjects(bench.sandbox);
  expect((await loadStarted(session)).subscription.status).toBe("canceled");
});

test("a billing cycle anchor sets the date of the first payment; a date outside the interval is refused", async () => {
  const billing_cycle_anchor = START + 10 * DAY;
  const session = await open({ billing_cycle_anchor, proration_behavior: "none" });
  await submitCheckoutForm(session);
  const { subscription } = await loadStarted(session);
  expect(subscription).toMatchObject({ status: "active", billing_cycle_anchor, trial_end: null });
  expect(subscription.items.data[0]?.current_period_end).toBe(billing_cycle_anchor);
  const late = open({ billing_cycle_anchor: START + 60 * DAY, proration_behavior: "none" });
  await expect(late).rejects.toMatchObject({ param: "subscription_data[billing_cycle_anchor]" });
  await expect(open({ billing_cycle_anchor })).rejects.toMatchObject({ statusCode: 501 });
});

test("a one-time payment beside a recurring gift appears on the first invoice only", async () => {
  const product_data = { name: "A book" };
  const once = { quantity: 2, price_data: { currency: "usd", unit_amount: 700, product_data } };
  const session = await open({}, { line_items: [...(monthlyGiftParams().line_items ?? []), once] });
  expect(session.amount_total).toBe(2_400);
  await submitCheckoutForm(session);
  const first = await loadStarted(session);
  expect(first.subscription.items.data).toHaveLength(1);
  expect(first.invoice).toMatchObject({ amount_paid: 2_400, status: "paid" });
  expect(first.invoice.lines.data.map(({ amount }) => amount).sort()).toEqual([1_000, 1_400]);
  clock = (first.subscription.items.data[0]?.current_period_end ?? 0) + 3_600;
  await handleAllDueObjects(bench.sandbox);
  expect((await loadStarted(session)).invoice).toMatchObject({
    amount_due: 1_000,
    billing_reason: "subscription_cycle",
  });
});

test("billing mode is classic when requested", async () => {
  const session = await open({ billing_mode: { type: "classic" } });
  await submitCheckoutForm(session);
  expect((await loadStarted(session)).subscription.billing_mode).toEqual({ type: "classic", flexible: null });
});
