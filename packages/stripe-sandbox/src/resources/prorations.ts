// Creates prorations. As at Stripe, each item whose cost changes creates two pending invoice items. One credits the
// unused time at the old price, the other charges the remaining time at the new price. A removed item gets only the
// credit, an added item only the charge.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { createInvoiceItem } from "./invoice-items";
import { productName } from "./invoice-lines";
import { roundedShareOfAmount } from "./subscription-periods";

type Change = {
  before: Stripe.SubscriptionItem[];
  after: Stripe.SubscriptionItem[];
  /** When the change takes effect, in Unix seconds. */
  at: number;
  /**
   * True if the change restarts the periods of all items. Then prorate() also credits and charges the items that have
   * not changed.
   */
  restarts?: boolean;
};

export function prorate(account: Account, subscription: Stripe.Subscription, change: Change): void {
  const { before, after, at, restarts = false } = change;
  for (const old of before) {
    const next = after.find(({ id }) => id === old.id);
    if (next && !restarts && costOf(next) === costOf(old)) continue;
    credit(account, subscription, { item: old, at });
    if (next) debit(account, subscription, { item: next, at });
  }
  for (const added of after)
    if (!before.some(({ id }) => id === added.id)) debit(account, subscription, { item: added, at });
}

function costOf({ price, quantity }: Stripe.SubscriptionItem): number {
  return (price.unit_amount ?? 0) * (quantity ?? 1);
}

function credit(
  account: Account,
  subscription: Stripe.Subscription,
  { item, at }: { item: Stripe.SubscriptionItem; at: number },
): void {
  const creditedLine = lineToCredit(account, subscription, item);
  add(account, subscription, { item, at, amount: -costFrom(item, at), what: "Unused time on", creditedLine });
}

function debit(
  account: Account,
  subscription: Stripe.Subscription,
  { item, at }: { item: Stripe.SubscriptionItem; at: number },
): void {
  add(account, subscription, { item, at, amount: costFrom(item, at), what: "Remaining time on", creditedLine: null });
}

function costFrom(item: Stripe.SubscriptionItem, at: number): number {
  const { current_period_start: start, current_period_end: end } = item;
  return roundedShareOfAmount(costOf(item), Math.max(0, end - at) / (end - start));
}

function lineToCredit(account: Account, { id }: Stripe.Subscription, item: Stripe.SubscriptionItem) {
  for (const invoice of account.list("invoice", { where: { subscription: id } })) {
    const line = invoice.lines.data.find(
      ({ amount, parent, period }) =>
        amount > 0 &&
        parent?.subscription_item_details?.subscription_item === item.id &&
        period.end === item.current_period_end,
    );
    if (line) return { invoice: invoice.id, line: line.id };
  }
  return null;
}

type Part = {
  item: Stripe.SubscriptionItem;
  at: number;
  amount: number;
  what: string;
  creditedLine: { invoice: string; line: string } | null;
};

function add(
  account: Account,
  subscription: Stripe.Subscription,
  { item, at, amount, what, creditedLine }: Part,
): void {
  const { current_period_end: end, price, quantity = 1 } = item;
  const day = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" });
  const name = `${quantity === 1 ? "" : `${quantity} × `}${productName(account, price)}`;
  createInvoiceItem(account, {
    customer: idOf(subscription.customer) ?? "",
    amount,
    currency: subscription.currency,
    description: `${what} ${name} after ${day.format(at * 1000)}`,
    period: { start: at, end },
    price,
    quantity,
    subscription: { id: subscription.id, item: item.id },
    proration: true,
    creditedLine,
  });
}
