import { monthlyGiftParams, oneTimeGiftParams, submitCheckoutForm } from "stripe-sandbox/testing";
import { makeTestGiftMetadata } from "./own-metadata";
import type { StandIn } from "./stand-in";

type Giving = Pick<StandIn, "stripe">;

export async function giveOnce(
  { stripe }: Giving,
  email: string,
  { amount = 2_000, currency = "usd", metadata = makeTestGiftMetadata(`${email} ${currency}`) } = {},
): Promise<string> {
  const params = { ...oneTimeGiftParams(amount, currency), payment_intent_data: { metadata }, metadata };
  const session = await stripe.checkout.sessions.create(params);
  await submitCheckoutForm(session, { email });
  return String((await stripe.checkout.sessions.retrieve(session.id)).payment_intent);
}

export async function giveMonthly(
  { stripe }: Giving,
  email: string,
  { metadata = makeTestGiftMetadata("monthly") } = {},
): Promise<{ customer: string; subscription: string }> {
  const session = await stripe.checkout.sessions.create({
    ...monthlyGiftParams(),
    subscription_data: { metadata },
    metadata,
  });
  await submitCheckoutForm(session, { email });
  const { customer, subscription } = await stripe.checkout.sessions.retrieve(session.id);
  return { customer: String(customer), subscription: String(subscription) };
}
