// Finds the invoice line that says how often the gift is given. Stripe lists prorations first: the invoice of a switch to yearly begins
// with a credit for the rest of the month.
import "server-only";
import type Stripe from "stripe";
import { frequencyOfPeriod, type RecurringFrequency } from "../../../domain/giving/frequency";
import { frequencyOfPrice } from "../subscription-terms";
import { fromUnix } from "./ids";

type Line = Stripe.InvoiceLineItem;

/** The line of the subscription's own period. Undefined where it is not among the lines that Stripe sent. */
export function findOwnLine({ lines }: Stripe.Invoice): Line | undefined {
  return lines.data.find(({ parent }) => parent?.subscription_item_details?.proration === false);
}

/**
 * The frequency of the period that was paid for. Where an invoice holds prorations alone, as of a change that was billed at once, it is
 * their price's, which `withOwnLine` has asked for; the longest period where Stripe does not say that either.
 */
export function frequencyPaid(invoice: Stripe.Invoice): RecurringFrequency {
  const own = findOwnLine(invoice);
  if (own) return frequencyOf(own);
  const priced = invoice.lines.data.map(frequencyOfItsPrice).filter((frequency) => frequency !== null);
  const [longest] = invoice.lines.data.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  // The credit is of the old price, what comes after it of the new one.
  const frequency = priced.at(-1) ?? (longest && frequencyOf(longest));
  if (!frequency) throw new Error(`invoice ${invoice.id} lacks its line`);
  return frequency;
}

function frequencyOf({ period }: Line): RecurringFrequency {
  return frequencyOfPeriod({ start: fromUnix(period.start), end: fromUnix(period.end) });
}

function frequencyOfItsPrice({ pricing }: Line): RecurringFrequency | null {
  const price = pricing?.price_details?.price;
  return typeof price === "object" && price.recurring ? frequencyOfPrice(price.recurring) : null;
}

function lengthOf({ period }: Line): number {
  return period.end - period.start;
}
