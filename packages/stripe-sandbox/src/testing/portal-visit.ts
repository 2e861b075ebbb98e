// A customer of a recurring gift, and her way into the billing portal.
import type Stripe from "stripe";
import { type Bench, fillIn } from "./bench";

export async function beginWith({ stripe }: Bench, gift: Stripe.Checkout.SessionCreateParams) {
  const session = await stripe.checkout.sessions.create(gift);
  await fillIn(session);
  const paid = await stripe.checkout.sessions.retrieve(session.id);
  return { subscription: String(paid.subscription), customer: String(paid.customer) };
}

/** Everything that was told before is left behind. */
export async function enterPortal(bench: Bench, asked: Stripe.BillingPortal.SessionCreateParams) {
  const return_url = "https://site.example/account";
  const session = await bench.stripe.billingPortal.sessions.create({ return_url, ...asked });
  await bench.typesUntil("billing_portal.session.created");
  return session;
}

export async function pageAt(url: string, language = "en") {
  const response = await fetch(url, { headers: { "accept-language": language } });
  return { status: response.status, page: await response.text() };
}
