// Stripe sends only the first lines of an invoice, and prorations come first, so the line with the gift's frequency may be
// missing.
import "server-only";
import type Stripe from "stripe";
import { isOwnInvoice } from "./facts/invoice";
import { findSubscriptionPeriodLine } from "./facts/invoice-lines";

/** Throws if Stripe is unreachable. Makes no call for an invoice of another product, or if the line is already there. */
export async function withSubscriptionPeriodLine(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (findSubscriptionPeriodLine(invoice) || !isOwnInvoice(invoice)) return invoice;
  const data: Stripe.InvoiceLineItem[] = [];
  const params = { limit: 100, expand: ["data.pricing.price_details.price"] };
  for await (const line of stripe.invoices.listLineItems(invoice.id, params)) data.push(line);
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}

/** Calls `stripe` only if a line is missing. */
export async function withCompleteInvoice(stripe: () => Stripe, event: Stripe.Event): Promise<Stripe.Event> {
  if (event.type !== "invoice.paid" || event.account || !needsLine(event.data.object)) return event;
  const object = await withSubscriptionPeriodLine(stripe(), event.data.object);
  return { ...event, data: { ...event.data, object } };
}

/** Returns false for an unreadable invoice, because the translation that follows reports why it cannot be read. */
function needsLine(invoice: Stripe.Invoice): boolean {
  try {
    return isOwnInvoice(invoice) && !findSubscriptionPeriodLine(invoice);
  } catch {
    return false;
  }
}
