// An invoice as Stripe sends it holds its first lines only, and prorations come first: where the line is missing that says how often the
// gift is given, all lines are asked for, with their prices.
import "server-only";
import type Stripe from "stripe";
import { isOwn } from "./facts/invoice";
import { findOwnLine } from "./facts/invoice-lines";

/** Throws where Stripe cannot be reached. Asks nothing about an invoice that is not ours, or that says it already. */
export async function withOwnLine(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (findOwnLine(invoice) || !isOwn(invoice)) return invoice;
  const data: Stripe.InvoiceLineItem[] = [];
  const asked = { limit: 100, expand: ["data.pricing.price_details.price"] };
  for await (const line of stripe.invoices.listLineItems(invoice.id, asked)) data.push(line);
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}

/** The event with that line. `stripe`: called only where it is missing. */
export async function wholeEvent(stripe: () => Stripe, event: Stripe.Event): Promise<Stripe.Event> {
  if (event.type !== "invoice.paid" || event.account || !needsLine(event.data.object)) return event;
  const object = await withOwnLine(stripe(), event.data.object);
  return { ...event, data: { ...event.data, object } };
}

/** Not where it cannot be read at all: the translator says why. */
function needsLine(invoice: Stripe.Invoice): boolean {
  try {
    return isOwn(invoice) && !findOwnLine(invoice);
  } catch {
    return false;
  }
}
