// What a change in the middle of a period costs or gives back, to the second: two pending invoice items for each changed
// item, as Stripe makes them, one for the unused time of the old and one for the remaining time of the new.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { createInvoiceItem } from "./invoice-items";
import { productName } from "./invoice-lines";
import { partOf } from "./subscription-periods";

interface Change {
  before: Stripe.SubscriptionItem[];
  after: Stripe.SubscriptionItem[];
  /** From when on; now unless the caller fixed another second. */
  at: number;
}

export function prorate(account: Account, subscription: Stripe.Subscription, { before, after, at }: Change): void {
  for (const old of before) {
    const next = after.find(({ id }) => id === old.id);
    if (next && costOf(next) === costOf(old)) continue;
    add(account, subscription, { item: old, at, sign: -1 });
    if (next) add(account, subscription, { item: next, at, sign: 1 });
  }
  for (const added of after)
    if (!before.some(({ id }) => id === added.id)) add(account, subscription, { item: added, at, sign: 1 });
}

function costOf({ price, quantity }: Stripe.SubscriptionItem): number {
  return (price.unit_amount ?? 0) * (quantity ?? 1);
}

function add(
  account: Account,
  subscription: Stripe.Subscription,
  { item, at, sign }: { item: Stripe.SubscriptionItem; at: number; sign: 1 | -1 },
): void {
  const { current_period_start: start, current_period_end: end, price, quantity = 1 } = item;
  const share = Math.max(0, end - at) / (end - start);
  const day = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" });
  const what = sign < 0 ? "Unused time on" : "Remaining time on";
  createInvoiceItem(account, {
    customer: idOf(subscription.customer) ?? "",
    amount: sign * partOf(costOf(item), share),
    currency: subscription.currency,
    description: `${what} ${quantity} × ${productName(account, price)} after ${day.format(at * 1000)}`,
    period: { start: at, end },
    price,
    quantity,
    subscription: { id: subscription.id, item: item.id },
    proration: true,
  });
}
