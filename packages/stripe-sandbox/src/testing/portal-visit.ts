import type Stripe from "stripe";
import { submitCheckoutForm, type TestSandbox } from "./test-sandbox";

export async function startRecurringGiftByCheckout({ stripe }: TestSandbox, gift: Stripe.Checkout.SessionCreateParams) {
  const session = await stripe.checkout.sessions.create(gift);
  await submitCheckoutForm(session);
  const paid = await stripe.checkout.sessions.retrieve(session.id);
  return { subscription: String(paid.subscription), customer: String(paid.customer) };
}

/**
 * Creates a portal session. Discards the events that the test has received so far, including the event about this
 * session.
 */
export async function createPortalSessionForTest(bench: TestSandbox, params: Stripe.BillingPortal.SessionCreateParams) {
  const return_url = "https://site.example/account";
  const session = await bench.stripe.billingPortal.sessions.create({ return_url, ...params });
  await bench.takeEventTypesUntil("billing_portal.session.created");
  return session;
}

export async function fetchPageAndStatus(url: string, language = "en") {
  const response = await fetch(url, { headers: { "accept-language": language } });
  return { status: response.status, page: await response.text() };
}
