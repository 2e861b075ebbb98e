// Finds Stripe's page for an open invoice. That page also handles 3-D Secure.
import "server-only";
import { log, redactError } from "./log";
import { stripe } from "./stripe/client";
import { withTimeout } from "./stripe/timeout";

/**
 * Returns the URL of Stripe's page on which the subscription's open invoice can be paid. Null if no invoice is open, or
 * if the call to Stripe fails.
 */
export async function findInvoicePayPage(subscriptionId: string): Promise<string | null> {
  try {
    const open = await withTimeout(() =>
      stripe().invoices.list({ subscription: subscriptionId, status: "open", limit: 1 }),
    );
    return open.data[0]?.hosted_invoice_url ?? null;
  } catch (error) {
    log.warn(
      { subscription: subscriptionId, error: redactError(error) },
      "Stripe could not be asked for an open invoice",
    );
    return null;
  }
}
