// Finds the invoice line of the subscription's own billing period. It need not be the first line, because Stripe lists
// prorations before it, such as a credit for the rest of the month.
import "server-only";
import type Stripe from "stripe";
import { frequencyOfPeriod, type RecurringFrequency } from "../../../domain/giving/frequency";
import { frequencyOfPrice } from "../subscription-terms";
import { dateFromUnix } from "./ids";

type Line = Stripe.InvoiceLineItem;

/**
 * Returns the line that charges the subscription's own period, as opposed to a proration. Returns undefined if Stripe
 * did not include this line in the invoice.
 */
export function findSubscriptionPeriodLine({ lines }: Stripe.Invoice): Line | undefined {
  return lines.data.find(({ parent }) => parent?.subscription_item_details?.proration === false);
}

/**
 * Returns the frequency of the gift that the invoice charges: the length of the subscription's own period. If the
 * invoice has only prorations, takes the frequency of its last price, or of its longest period if no line has a price.
 */
export function giftFrequencyOfInvoice(invoice: Stripe.Invoice): RecurringFrequency {
  const own = findSubscriptionPeriodLine(invoice);
  if (own) return frequencyOf(own);
  const priced = invoice.lines.data.map(frequencyOfItsPrice).filter((frequency) => frequency !== null);
  const [longest] = invoice.lines.data.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  // Takes the last price. If the price was changed, the invoice lists the credit for the old price before the new
  // price.
  const frequency = priced.at(-1) ?? (longest && frequencyOf(longest));
  if (!frequency) throw new Error(`invoice ${invoice.id} has no line with a period`);
  return frequency;
}

function frequencyOf({ period }: Line): RecurringFrequency {
  return frequencyOfPeriod({ start: dateFromUnix(period.start), end: dateFromUnix(period.end) });
}

function frequencyOfItsPrice({ pricing }: Line): RecurringFrequency | null {
  const price = pricing?.price_details?.price;
  return typeof price === "object" && price.recurring ? frequencyOfPrice(price.recurring) : null;
}

function lengthOf({ period }: Line): number {
  return period.end - period.start;
}
