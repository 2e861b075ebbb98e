import "server-only";
import Stripe from "stripe";
import { publication } from "../../publication";
import { siteUrl } from "../env";
import { isStripeRefusal } from "./ask";
import { newIdempotencyKey } from "./key";
import { SUBSCRIPTION_EXPANSIONS } from "./move-payment";

/**
 * The metadata by which the site finds the portal configuration that it created. The newsroom's own configuration stays
 * unchanged.
 */
const CONFIGURATION_METADATA = { site: publication.id, only: "card" };

/**
 * Creates a page at Stripe on which the supporter can only set another card. Returns the page's URL, which is secret.
 * The page leads back to the site's path `returnPath`.
 */
export async function openStripeCardUpdatePage(
  stripe: Stripe,
  { customerId, returnPath }: { customerId: string; returnPath: string },
): Promise<string> {
  const back = `${siteUrl()}${returnPath}`;
  const configuration = await ensureConfiguration(stripe);
  const session = await stripe.billingPortal.sessions.create({
    customer: customerId,
    configuration,
    return_url: back,
    flow_data: {
      type: "payment_method_update",
      after_completion: { type: "redirect", redirect: { return_url: back } },
    },
  });
  return session.url;
}

async function ensureConfiguration(stripe: Stripe): Promise<string> {
  for await (const { id, metadata } of stripe.billingPortal.configurations.list({ active: true, limit: 100 }))
    if (metadata?.site === CONFIGURATION_METADATA.site && metadata.only === CONFIGURATION_METADATA.only) return id;
  const features = { payment_method_update: { enabled: true } };
  const created = await stripe.billingPortal.configurations.create({ features, metadata: CONFIGURATION_METADATA });
  return created.id;
}

/**
 * Switches the subscription to the customer's default card if that card is newer than the subscription's own. This is
 * necessary because Stripe's page for changing the card changes only the customer's default card. Returns null if
 * nothing changes.
 */
export async function switchToNewerDefaultCard(
  stripe: Stripe,
  subscription: Stripe.Subscription,
): Promise<Stripe.Subscription | null> {
  const { customer, default_payment_method: own, status } = subscription;
  if (typeof customer !== "object" || customer.deleted || status === "canceled") return null;
  const { default_payment_method: newer } = customer.invoice_settings;
  if (!newer || typeof newer !== "object" || !own || typeof own !== "object") return null;
  if (newer.id === own.id || newer.created <= own.created) return null;
  return stripe.subscriptions.update(
    subscription.id,
    { default_payment_method: newer.id, expand: [...SUBSCRIPTION_EXPANSIONS] },
    { idempotencyKey: newIdempotencyKey("site") },
  );
}

/**
 * Tries to charge all open invoices, the oldest first. `none`: no invoice is open. `refused`: the bank refused a
 * payment, or asks the supporter to confirm it. The newer invoices are then not tried.
 */
export async function payOpenInvoices(
  stripe: Stripe,
  { subscriptionId, key }: { subscriptionId: string; key: string },
): Promise<{ kind: "paid" | "none" | "refused" }> {
  const open = await stripe.invoices.list({ subscription: subscriptionId, status: "open", limit: 100 });
  let kind: "paid" | "none" = "none";
  // Stripe lists the newest invoice first. The oldest must be charged first.
  for (const { id } of open.data.toReversed()) {
    if (!id) continue;
    try {
      await stripe.invoices.pay(id, {}, { idempotencyKey: `${key}:pay:${id}` });
    } catch (error) {
      if (isCardRefusal(error)) return { kind: "refused" };
      // Ignores Stripe's refusal if the invoice is already paid. After a double click, the first request can have paid
      // it.
      if (!isStripeRefusal(error) || (await stripe.invoices.retrieve(id)).status !== "paid") throw error;
    }
    kind = "paid";
  }
  return { kind };
}

export function isCardRefusal(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 402;
}
