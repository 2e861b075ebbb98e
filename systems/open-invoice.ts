// Where a supporter pays what is open: Stripe's own page of the invoice, which also handles a bank that wants to be asked (3-D Secure).
import "server-only";
import { log, redactError } from "./log";
import { stripe } from "./stripe/client";
import { withTimeout } from "./stripe/timeout";

/** Null where nothing is open, or Stripe does not answer. */
export async function findPayPage(subscriptionId: string): Promise<string | null> {
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
