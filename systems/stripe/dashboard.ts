// URLs of pages in Stripe's dashboard. If the site uses the Stripe stand-in, they all lead to the stand-in's first
// page.
import "server-only";
import { env } from "../env";

const PLACES = { payment: "payments", subscription: "subscriptions", invoice: "invoices" } as const;

export function stripeDashboardUrl(what: keyof typeof PLACES, id: string): string {
  const { STRIPE_API_BASE: standIn, STRIPE_SECRET_KEY: key } = env();
  if (standIn) return new URL(standIn).origin;
  const mode = /^\w+_test_/.test(key) ? "test/" : "";
  return `https://dashboard.stripe.com/${mode}${PLACES[what]}/${id}`;
}

/**
 * Returns the URL of the payment's page in Stripe's dashboard, or else of its invoice's page. Returns null if it has
 * neither.
 */
export function paymentDashboardUrl(payment: {
  paymentIntentId: string | null;
  invoiceId: string | null;
}): string | null {
  if (payment.paymentIntentId) return stripeDashboardUrl("payment", payment.paymentIntentId);
  return payment.invoiceId ? stripeDashboardUrl("invoice", payment.invoiceId) : null;
}
