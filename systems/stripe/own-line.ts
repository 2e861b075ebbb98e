// Fetches the missing lines of an invoice. Stripe sends only the first lines, and prorations come first, so the line
// with the gift's frequency can be missing.
import "server-only";
import type Stripe from "stripe";
import { isOwnInvoice } from "./facts/invoice";
import { findSubscriptionPeriodLine } from "./facts/invoice-lines";

/**
 * Returns the invoice. If the line for the subscription's own period (not a proration) is missing, first fetches all
 * lines from Stripe. Does not fetch the lines of another product's invoice. Throws if Stripe is unreachable.
 */
export async function withMissingPeriodLineFetched(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (findSubscriptionPeriodLine(invoice) || !isOwnInvoice(invoice)) return invoice;
  const data: Stripe.InvoiceLineItem[] = [];
  const params = { limit: 100, expand: ["data.pricing.price_details.price"] };
  for await (const line of stripe.invoices.listLineItems(invoice.id, params)) data.push(line);
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}

/**
 * Returns the event. If it contains a paid invoice of this site without the line for the subscription's period, first
 * fetches all lines. Calls `stripe`, which creates the Stripe client, only in this case.
 */
export async function eventWithMissingPeriodLineFetched(
  stripe: () => Stripe,
  event: Stripe.Event,
): Promise<Stripe.Event> {
  if (event.type !== "invoice.paid" || event.account || !needsLine(event.data.object)) return event;
  const object = await withMissingPeriodLineFetched(stripe(), event.data.object);
  return { ...event, data: { ...event.data, object } };
}

/**
 * Returns true for an invoice of this site without the line for the subscription's period. Returns false for an
 * unreadable invoice: translateEvent(), which runs next, reports why it cannot be read.
 */
function needsLine(invoice: Stripe.Invoice): boolean {
  try {
    return isOwnInvoice(invoice) && !findSubscriptionPeriodLine(invoice);
  } catch {
    return false;
  }
}
