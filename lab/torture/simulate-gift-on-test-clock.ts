import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import { INTERVAL_OF_FREQUENCY } from "../../systems/stripe/checkout";
import { GIFT_PRODUCT_ID } from "../../systems/stripe/product";
import { changeAmountAtStripe } from "../../systems/stripe/subscription";
import { emailOf, metadataOf } from "./simulated-gift-details";
import type { SimulatedGift } from "./simulated-gifts";

const DAY_S = 86_400;
/**
 * After this time a renewal has either been paid or finally failed. The invoice is a draft for an hour, and Stripe can
 * then retry a failed payment for some weeks.
 */
const SETTLED_S = 30 * DAY_S;

export async function simulateGiftOnTestClock(stripe: Stripe, simulatedGift: SimulatedGift): Promise<void> {
  const begins = Math.floor(Date.now() / 1000);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: begins });
  const balance = -creditOf(simulatedGift);
  const customer = await stripe.customers.create({ test_clock: clock.id, email: emailOf(simulatedGift), balance });
  const customerId = customer.id;
  await setCard(stripe, { customerId, card: "pm_card_visa" });
  const { id, current_period_end: ends } = await subscribe(stripe, { customerId, life: simulatedGift });
  if (simulatedGift.scenario === "renewal-disputed")
    await setCard(stripe, { customerId, card: "pm_card_createDispute" });
  if (simulatedGift.scenario === "renewal-fails" || simulatedGift.scenario === "renewal-recovers")
    await setCard(stripe, { customerId, card: "pm_card_chargeCustomerFail" });
  if (simulatedGift.scenario === "two-a-month") await raiseByHalf(stripe, { id, life: simulatedGift });
  if (simulatedGift.scenario === "switched-to-yearly") {
    await advance(stripe, clock.id, begins + 10 * DAY_S);
    return switchToYearly(stripe, { id, life: simulatedGift });
  }
  await advance(stripe, clock.id, ends + 2 * 3_600);
  if (simulatedGift.scenario === "renewal-recovers") await setCard(stripe, { customerId, card: "pm_card_visa" });
  await advance(stripe, clock.id, ends + SETTLED_S);
  if (simulatedGift.scenario === "renewal-disputed") await winOpenDisputes(stripe, id);
}

/** Returns the customer's credit. Stripe subtracts it from the first invoices, and no money moves for that part. */
function creditOf({ scenario, amountMinor }: SimulatedGift): number {
  if (scenario === "credit-pays-a-part") return amountMinor / 10;
  return scenario === "credit-pays-the-first" ? amountMinor : 0;
}

async function subscribe(stripe: Stripe, { customerId, life }: { customerId: string; life: SimulatedGift }) {
  const { id, items } = await stripe.subscriptions.create({
    customer: customerId,
    items: itemsOf(life),
    metadata: metadataOf(life),
  });
  const [item] = items.data;
  if (!item) throw new Error(`${id} has no item`);
  return { id, current_period_end: item.current_period_end };
}

/** Returns the items of the subscription. Some of them cannot be created by this site, only in Stripe's Dashboard. */
function itemsOf(life: SimulatedGift) {
  const { scenario, frequency } = life;
  if (scenario === "two-a-month") return [{ ...priced(life, { interval: "month" }), quantity: 2 }];
  if (scenario === "every-quarter") return [priced(life, { interval: "month", interval_count: 3 })];
  if (scenario === "several-items")
    return [priced(life, { interval: "month" }), { ...priced(life, { interval: "month" }), quantity: 2 }];
  if (scenario === "switched-to-yearly") return [priced(life, { interval: "month" })];
  return [priced(life, { interval: INTERVAL_OF_FREQUENCY[frequency === "yearly" ? "yearly" : "monthly"] })];
}

function priced(
  { currency, amountMinor }: SimulatedGift,
  recurring: { interval: "month" | "year"; interval_count?: number },
) {
  const price = { currency: currency.toLowerCase(), product: GIFT_PRODUCT_ID, unit_amount: amountMinor };
  return { price_data: { ...price, recurring } };
}

async function raiseByHalf(stripe: Stripe, { id, life }: { id: string; life: SimulatedGift }): Promise<void> {
  const money = { amountMinor: life.amountMinor * 3, currency: life.currency };
  await changeAmountAtStripe(stripe, { subscriptionId: id, money, coveredFeeMinor: 0, key: randomUUID() });
}

/** Changes the gift from monthly to yearly. Stripe's invoice for the year also credits the unused part of the month. */
async function switchToYearly(stripe: Stripe, { id, life }: { id: string; life: SimulatedGift }): Promise<void> {
  const [item] = (await stripe.subscriptions.retrieve(id)).items.data;
  const yearly = priced({ ...life, amountMinor: life.amountMinor * 9 }, { interval: "year" });
  await stripe.subscriptions.update(id, { items: [{ id: item?.id ?? "", ...yearly }] });
}

async function setCard(stripe: Stripe, { customerId, card }: { customerId: string; card: string }): Promise<void> {
  const method = await stripe.paymentMethods.attach(card, { customer: customerId });
  await stripe.customers.update(customerId, { invoice_settings: { default_payment_method: method.id } });
}

async function winOpenDisputes(stripe: Stripe, subscription: string): Promise<void> {
  const invoices = await stripe.invoices.list({ subscription, status: "paid", limit: 1 });
  for (const { id } of invoices.data) {
    const [paid] = (await stripe.invoicePayments.list({ invoice: id, status: "paid" })).data;
    const { data } = await stripe.disputes.list({ payment_intent: String(paid?.payment.payment_intent) });
    for (const dispute of data)
      await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: "winning_evidence" }, submit: true });
  }
}

/** Advances the test clock and waits until Stripe has finished, because Stripe does this in the background. */
async function advance(stripe: Stripe, clock: string, frozen_time: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time });
  while ((await stripe.testHelpers.testClocks.retrieve(clock)).status === "advancing") await delay(20);
}
