import type Stripe from "stripe";
import { handleAllDueObjects, monthlyGiftParams, submitCheckoutForm, submitForm } from "stripe-sandbox/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTestGiftMetadata } from "../testing/own-metadata";
import { openStandIn, type StandIn } from "../testing/stand-in";
import { cancelAtStripe, pauseAtStripe, recurringStateOf, undoCancelAtStripe } from "./subscription";
import { isRenewalUnpaid } from "./subscription-terms";

let fixture: StandIn;
let clock: number;
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 20, 12) / 1000;
  fixture = await openStandIn({ now: () => clock });
});
afterEach(() => fixture.close());

/**
 * Starts a monthly gift. The card number decides if a later renewal succeeds or needs a confirmation that nobody gives.
 */
async function startMonthlyGift(cardNumber: string): Promise<Stripe.Subscription> {
  const opened = await fixture.stripe.checkout.sessions.create({
    ...monthlyGiftParams(),
    subscription_data: { metadata: makeTestGiftMetadata() },
  });
  const { location } = await submitCheckoutForm(opened, { cardNumber });
  if (location?.endsWith("/authenticate")) await submitForm(fixture.url + location, { answer: "complete" });
  const { subscription } = await fixture.stripe.checkout.sessions.retrieve(opened.id, { expand: ["subscription"] });
  return subscription as Stripe.Subscription;
}

test("cancels a paid gift at the end of its period, and can undo that", async () => {
  const { id: subscriptionId, items } = await startMonthlyGift("4242 4242 4242 4242");
  const cancelled = await cancelAtStripe(fixture.stripe, { subscriptionId, key: "press-1" });
  const end = new Date((items.data[0]?.current_period_end ?? 0) * 1000);
  expect(recurringStateOf(cancelled)).toMatchObject({ status: "active", cancelAt: end, endedAt: null });
  const restored = await undoCancelAtStripe(fixture.stripe, { subscriptionId, key: "press-2" });
  expect(recurringStateOf(restored)).toMatchObject({ status: "active", cancelAt: null, nextPaymentAt: end });
});

test("ends a gift at once if its last payment failed, so that nobody is charged again", async () => {
  const { id: subscriptionId, items } = await startMonthlyGift("4000 0027 6000 3184");
  // Advances the clock by another hour, because a renewal is a draft for an hour.
  clock = (items.data[0]?.current_period_end ?? 0) + 3_600;
  handleAllDueObjects(fixture.sandbox);
  expect(await fixture.stripe.subscriptions.retrieve(subscriptionId)).toMatchObject({ status: "past_due" });
  const cancelled = await cancelAtStripe(fixture.stripe, { subscriptionId, key: "press-1" });
  expect(recurringStateOf(cancelled)).toMatchObject({ status: "canceled", nextPaymentAt: null });
  expect(await statusesOf(subscriptionId)).toEqual(["void", "paid"]);
});

test.each([
  ["active", "paid", false],
  ["active", "open", false],
  ["active", "draft", true],
  ["past_due", "open", true],
  ["unpaid", "draft", true],
] as const)("a subscription that is %s with an invoice that is %s: owed %s", (status, invoice, owed) => {
  expect(isRenewalUnpaid({ status, latest_invoice: { status: invoice } } as Stripe.Subscription)).toBe(owed);
});

test("a pause of two months leaves out two payments, and then the gift continues by itself", async () => {
  const { id: subscriptionId, items } = await startMonthlyGift("4242 4242 4242 4242");
  const end = items.data[0]?.current_period_end ?? 0;
  const paused = recurringStateOf(await pauseAtStripe(fixture.stripe, { subscriptionId, months: 2, key: "press-1" }));
  expect(paused).toMatchObject({ status: "paused", resumesAt: new Date("2027-02-19T12:00:00Z") });
  expect(paused?.chargesNextAt).toEqual(new Date("2027-02-20T13:00:00Z"));
  clock = end + 40 * 86_400;
  await handleAllDueObjects(fixture.sandbox);
  expect(await statusesOf(subscriptionId)).toEqual(["void", "void", "paid"]);
  clock = end + 64 * 86_400;
  await handleAllDueObjects(fixture.sandbox);
  expect(await statusesOf(subscriptionId)).toEqual(["paid", "void", "void", "paid"]);
});

test("an overdue gift can be paused, and what it owed is never charged", async () => {
  const { id: subscriptionId, items } = await startMonthlyGift("4000 0027 6000 3184");
  clock = (items.data[0]?.current_period_end ?? 0) + 3_600;
  await handleAllDueObjects(fixture.sandbox);
  await pauseAtStripe(fixture.stripe, { subscriptionId, months: 1, key: "press-1" });
  expect(await statusesOf(subscriptionId)).toEqual(["void", "paid"]);
});

test("a renewal that waits as a draft is voided by a pause", async () => {
  const { id: subscriptionId, items } = await startMonthlyGift("4242 4242 4242 4242");
  clock = (items.data[0]?.current_period_end ?? 0) + 60;
  await handleAllDueObjects(fixture.sandbox);
  expect(await statusesOf(subscriptionId)).toEqual(["draft", "paid"]);
  await pauseAtStripe(fixture.stripe, { subscriptionId, months: 1, key: "press-1" });
  expect(await statusesOf(subscriptionId)).toEqual(["void", "paid"]);
});

async function statusesOf(subscription: string): Promise<(string | null)[]> {
  return (await fixture.stripe.invoices.list({ subscription })).data.map(({ status }) => status);
}
