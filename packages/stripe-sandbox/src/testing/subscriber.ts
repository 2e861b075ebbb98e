import type Stripe from "stripe";
import { type TestSandbox, waitUntil } from "./test-sandbox";

/** The test clock starts on 31 January 2027, noon UTC. */
export const CLOCK_START_SECONDS = Date.UTC(2027, 0, 31, 12) / 1000;
export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 86_400;

export type TestSubscriptionOptions = Partial<Stripe.SubscriptionCreateParams> & {
  /** The id of a test card, such as pm_card_visa. */
  card?: string;
  amount?: number;
};

export async function createTestSubscription(
  bench: TestSandbox,
  { card = "pm_card_visa", amount = 1_000, currency = "usd", ...more }: TestSubscriptionOptions = {},
) {
  const { stripe } = bench;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: CLOCK_START_SECONDS });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "reader@example.org" });
  await changeCard(bench, customer.id, card);
  const product = await stripe.products.create({ name: "Reader support" });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price_data: { ...monthlyPriceData(product.id, amount), currency } }],
    ...more,
  });
  return { clock, customer, product, subscription };
}

export function monthlyPriceData(product: string, unit_amount: number) {
  return { currency: "usd", product, unit_amount, recurring: { interval: "month" as const } };
}

export async function changeCard({ stripe }: TestSandbox, customer: string, card: string): Promise<void> {
  const method = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
}

export async function awaitAndDiscardEvents({ stripe, received }: TestSandbox): Promise<void> {
  const { id: marker } = await stripe.customers.create();
  await waitUntil(() => received.some(({ event }) => "id" in event.data.object && event.data.object.id === marker));
  received.splice(0);
}

/**
 * Advances the test clock. Returns the types of the events that this causes, without the events about the clock itself.
 */
export async function advanceClockTo(bench: TestSandbox, { id }: Stripe.TestHelpers.TestClock, unixSeconds: number) {
  await awaitAndDiscardEvents(bench);
  await bench.stripe.testHelpers.testClocks.advance(id, { frozen_time: unixSeconds });
  const types = await bench.takeEventTypesUntil("test_helpers.test_clock.ready");
  return types.filter((type) => !type.startsWith("test_helpers."));
}

export function firstSubscriptionItemOf(subscription: Stripe.Subscription): Stripe.SubscriptionItem {
  const item = subscription.items.data[0];
  if (!item) throw new Error("the subscription has no item");
  return item;
}
