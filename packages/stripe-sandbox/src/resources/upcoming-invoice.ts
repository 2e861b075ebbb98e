// Builds previews of a subscription's next invoice. They are not stored.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { UpcomingInvoice } from "../objects";
import { idOf } from "../objects";
import { subscriptionLine } from "./invoice-lines";
import { invoiceObject } from "./invoice-object";
import { periodEndAfter } from "./periods";
import { currentPeriodOf } from "./subscription-periods";

export function previewUpcomingInvoice(account: Account, subscription: Stripe.Subscription): Stripe.Invoice {
  const id = account.newId("upcoming_in_");
  const formerPeriod = currentPeriodOf(subscription);
  const due = subscription.items.data.filter((item) => item.current_period_end === formerPeriod.end);
  const lines = due.map((item) => subscriptionLine(account, id, { item, period: nextPeriod(subscription, item) }));
  const customer = account.get("customer", idOf(subscription.customer));
  const { currency } = subscription;
  const preview = invoiceObject(account.atTime(formerPeriod.end), {
    id,
    customer,
    subscription,
    reason: "upcoming",
    lines,
    currency,
    formerPeriod,
  });
  return { ...preview, automatically_finalizes_at: null };
}

function nextPeriod({ billing_cycle_anchor: anchor }: Stripe.Subscription, item: Stripe.SubscriptionItem) {
  const start = item.current_period_end;
  return { start, end: periodEndAfter(anchor, item.price.recurring, start) };
}

/** Returns the invoice for the event `invoice.upcoming`, where it has no id. */
export function upcomingInvoiceForEvent(account: Account, subscription: Stripe.Subscription): UpcomingInvoice {
  const { id: _, ...rest } = previewUpcomingInvoice(account, subscription);
  return rest;
}
