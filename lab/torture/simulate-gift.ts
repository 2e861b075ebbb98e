// Simulates gifts: calls the stand-in's API as the site would, and uses its pages as a reader would.

import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import { newGiftId } from "../../domain/giving/gift-id";
import { checkoutOpener, INTERVAL_OF_FREQUENCY } from "../../systems/stripe/checkout";
import { cancelAtStripe, changeAmountAtStripe, undoCancelAtStripe } from "../../systems/stripe/subscription";
import { payByCard, payByDebit, type TEST_CARD_NUMBERS } from "./reader";
import { simulateGiftOnTestClock } from "./simulate-gift-on-test-clock";
import { emailOf, giftOf } from "./simulated-gift-details";
import type { SimulatedGift } from "./simulated-gifts";

type LaterPart = () => Promise<unknown>;
const HALF_AN_HOUR_MS = 30 * 60 * 1000;
const DAY_S = 86_400;

/**
 * Simulates the gift as its scenario says. If the scenario continues a month later, returns a function that simulates
 * this second part.
 */
export async function playGiftScenario(stripe: Stripe, simulatedGift: SimulatedGift): Promise<LaterPart | undefined> {
  switch (simulatedGift.scenario) {
    case "abandoned":
      return void (await openCheckout(stripe, simulatedGift));
    case "declined-then-paid":
      return void (await give(stripe, simulatedGift, ["declined", "good"]));
    case "challenged":
      return void (await give(stripe, simulatedGift, ["challenged"]));
    case "debit-settles":
    case "debit-bounces":
    case "debit-bounces-then-card":
      return liveByDebit(stripe, simulatedGift);
    case "recurring-debit-settles":
    case "recurring-debit-bounces":
    case "recurring-debit-bounces-then-card":
      return liveRecurringByDebit(stripe, simulatedGift);
    case "paid":
    case "renews":
      return void (await give(stripe, simulatedGift));
    case "refunded":
    case "refunded-in-parts":
    case "refund-fails":
    case "refund-waits":
      return liveRefunded(stripe, simulatedGift);
    case "dispute-won":
    case "dispute-lost":
    case "dispute-open":
    case "inquiry":
      return liveDisputed(stripe, simulatedGift);
    case "renews-by-clock":
    case "renewal-fails":
    case "renewal-recovers":
    case "renewal-disputed":
    case "credit-pays-a-part":
    case "credit-pays-the-first":
    case "two-a-month":
    case "every-quarter":
    case "several-items":
    case "switched-to-yearly":
      return void (await simulateGiftOnTestClock(stripe, simulatedGift));
    case "foreign-once":
    case "foreign-refunded":
    case "foreign-disputed":
    case "foreign-monthly":
      return void (await liveElsewhere(stripe, simulatedGift));
    default:
      return liveRecurring(stripe, simulatedGift);
  }
}

async function liveByDebit(stripe: Stripe, life: SimulatedGift): Promise<LaterPart | undefined> {
  const { sessionId, url } = await openCheckout(stripe, life);
  await payByDebit(url, { email: emailOf(life), fate: life.scenario === "debit-settles" ? "settles" : "bounces" });
  if (life.scenario !== "debit-bounces-then-card") return;
  return async () => {
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(sessionId);
    await stripe.paymentIntents.confirm(String(intent), { payment_method: "pm_card_visa" });
  };
}

/**
 * Plays a recurring gift by bank debit. If a card pays after a bounced debit, the card also pays the later invoices.
 */
async function liveRecurringByDebit(stripe: Stripe, life: SimulatedGift): Promise<undefined> {
  const { sessionId, url } = await openCheckout(stripe, life);
  if (life.scenario !== "recurring-debit-bounces-then-card") {
    const fate = life.scenario === "recurring-debit-settles" ? "settles" : "bounces";
    return void (await payByDebit(url, { email: emailOf(life), fate }));
  }
  await payByDebit(url, { email: emailOf(life), fate: "bouncesAtOnce" });
  const session = await stripe.checkout.sessions.retrieve(sessionId);
  const [customer, invoice] = [String(session.customer), String(session.invoice)];
  while ((await stripe.charges.list({ customer })).data[0]?.status !== "failed") await delay(20);
  const { id: card } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.subscriptions.update(String(session.subscription), { default_payment_method: card });
  await stripe.invoices.pay(invoice, { payment_method: card });
}

async function liveRefunded(stripe: Stripe, life: SimulatedGift): Promise<undefined> {
  const card =
    life.scenario === "refund-fails" ? "refundFails" : life.scenario === "refund-waits" ? "refundWaits" : "good";
  const { payment_intent } = await give(stripe, life, [card]);
  const intent = String(payment_intent);
  if (life.scenario !== "refunded-in-parts") return void (await stripe.refunds.create({ payment_intent: intent }));
  await stripe.refunds.create({ payment_intent: intent, amount: life.amountMinor / 10 });
  await stripe.refunds.create({
    payment_intent: intent,
    amount: life.amountMinor / 5,
    reason: "requested_by_customer",
  });
}

async function liveDisputed(stripe: Stripe, life: SimulatedGift): Promise<undefined> {
  const { payment_intent } = await give(stripe, life, [life.scenario === "inquiry" ? "inquiry" : "disputed"]);
  await judge(stripe, { intent: String(payment_intent), life });
}

async function judge(stripe: Stripe, { intent, life }: { intent: string; life: SimulatedGift }): Promise<void> {
  if (life.scenario === "dispute-open") return;
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent })).data;
  if (!dispute) throw new Error(`${intent} is not disputed`);
  const uncategorized_text = life.scenario === "dispute-lost" ? "losing_evidence" : "winning_evidence";
  await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text }, submit: true });
}

/**
 * Begins the gift and makes the scenario's first changes. If the scenario has a change a month later, returns a
 * function that makes it.
 */
async function liveRecurring(stripe: Stripe, life: SimulatedGift): Promise<LaterPart | undefined> {
  const session = await give(stripe, life);
  const subscription = await stripe.subscriptions.retrieve(String(session.subscription));
  const subscriptionId = subscription.id;
  const first = { subscriptionId, key: randomUUID() };
  const second = { subscriptionId, key: randomUUID() };
  switch (life.scenario) {
    case "amount-changes":
      await changeAmount(stripe, { life, subscription });
      return () => changeAmount(stripe, { life: { ...life, amountMinor: life.amountMinor * 3 }, subscription });
    case "cancelled-and-undone":
      await cancelAtStripe(stripe, first);
      return void (await undoCancelAtStripe(stripe, second));
    case "cancelled":
      return void (await cancelAtStripe(stripe, first));
    case "ends-on-a-day-undone":
      await stripe.subscriptions.update(subscriptionId, { cancel_at: subscription.start_date + 50 * DAY_S });
      return () => undoCancelAtStripe(stripe, second);
    case "paused-until-a-day": {
      const resumes_at = subscription.start_date + 40 * DAY_S;
      return void (await stripe.subscriptions.update(subscriptionId, {
        pause_collection: { behavior: "void", resumes_at },
      }));
    }
    case "cancelled-now":
      return () => stripe.subscriptions.cancel(subscriptionId);
    case "paused":
    case "paused-and-resumed":
      await stripe.subscriptions.update(subscriptionId, { pause_collection: { behavior: "void" } });
      if (life.scenario === "paused") return;
      return () => stripe.subscriptions.update(subscriptionId, { pause_collection: "" });
    case "address-corrected":
      await stripe.customers.update(String(subscription.customer), {
        email: emailOf({ ...life, readerNumber: life.readerNumber + 1 }),
      });
      return () => stripe.customers.update(String(subscription.customer), { email: `${subscriptionId}@example.org` });
    case "card-expires":
      return void (await payByExpiringCard(stripe, subscription));
    case "customer-deleted":
      return () => stripe.customers.del(String(subscription.customer));
    default:
      return () => refundLatest(stripe, subscriptionId);
  }
}

/** Pays the gift from now on by a card that expires at the end of this month. */
async function payByExpiringCard(stripe: Stripe, { id, customer }: Stripe.Subscription): Promise<void> {
  const [exp_year, exp_month] = [new Date().getUTCFullYear(), new Date().getUTCMonth() + 1];
  const card = { number: "4242424242424242", exp_month, exp_year, cvc: "123" };
  const method = await stripe.paymentMethods.create({ type: "card", card });
  await stripe.paymentMethods.attach(method.id, { customer: String(customer) });
  await stripe.subscriptions.update(id, { default_payment_method: method.id });
}

async function changeAmount(
  stripe: Stripe,
  { life, subscription }: { life: SimulatedGift; subscription: Stripe.Subscription },
): Promise<void> {
  const money = { amountMinor: life.amountMinor * 2, currency: life.currency };
  await changeAmountAtStripe(stripe, { subscriptionId: subscription.id, money, coveredFeeMinor: 0, key: randomUUID() });
}

async function refundLatest(stripe: Stripe, subscription: string): Promise<void> {
  const [invoice] = (await stripe.invoices.list({ subscription, status: "paid", limit: 1 })).data;
  const [paid] = (await stripe.invoicePayments.list({ invoice: invoice?.id ?? "", status: "paid" })).data;
  await stripe.refunds.create({ payment_intent: String(paid?.payment.payment_intent) });
}

async function liveElsewhere(stripe: Stripe, life: SimulatedGift): Promise<void> {
  const monthly = life.scenario === "foreign-monthly" ? { interval: INTERVAL_OF_FREQUENCY.monthly } : undefined;
  const price = { currency: life.currency.toLowerCase(), unit_amount: life.amountMinor, recurring: monthly };
  // The metadata of a payment for another product. In the metadata of a single payment, `gift` is not a valid gift id.
  // In that of a monthly payment, `gift` is a valid gift id, but `site` names another site.
  const metadata: Record<string, string> = monthly ? { site: "another-paper", gift: newGiftId() } : { gift: "true" };
  const session = await stripe.checkout.sessions.create({
    mode: monthly ? "subscription" : "payment",
    metadata,
    ...(monthly ? { subscription_data: { metadata } } : { payment_intent_data: { metadata } }),
    success_url: "https://shop.example/",
    line_items: [{ quantity: 1, price_data: { ...price, product_data: { name: "A mug" } } }],
  });
  await payByCard(session.url ?? "", {
    email: emailOf(life),
    card: life.scenario === "foreign-disputed" ? "disputed" : "good",
  });
  if (life.scenario !== "foreign-refunded") return;
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
  await stripe.refunds.create({ payment_intent: String(payment_intent), amount: 10 });
}

async function give(stripe: Stripe, life: SimulatedGift, cards: (keyof typeof TEST_CARD_NUMBERS)[] = ["good"]) {
  const { sessionId, url } = await openCheckout(stripe, life);
  for (const card of cards) await payByCard(url, { email: emailOf(life), card });
  return stripe.checkout.sessions.retrieve(sessionId);
}

async function openCheckout(stripe: Stripe, life: SimulatedGift) {
  const expiresAt = new Date(Date.now() + HALF_AN_HOUR_MS + 60_000);
  const call = { giftId: newGiftId(), gift: giftOf(life), expiresAt, place: "hosted" as const };
  const { sessionId, ...page } = await checkoutOpener(stripe)(call);
  if (!("checkoutUrl" in page)) throw new Error(`${sessionId} has no Checkout URL`);
  return { sessionId, url: page.checkoutUrl };
}
