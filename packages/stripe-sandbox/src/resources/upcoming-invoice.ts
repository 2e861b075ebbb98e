// A preview of the invoice for a subscription's next renewal; it is not stored.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { UpcomingInvoice } from "../objects";
import { idOf } from "../objects";
import { lineOfItem } from "./invoice-lines";
import { invoiceObject } from "./invoice-object";
import { periodEndAfter } from "./periods";
import { cyclePeriodOf } from "./subscription-periods";

/** With an id of its own kind, as `create_preview` returns it. */
export function previewInvoice(account: Account, subscription: Stripe.Subscription): Stripe.Invoice {
  const id = account.newId("upcoming_in_");
  const formerPeriod = cyclePeriodOf(subscription);
  const due = subscription.items.data.filter((item) => item.current_period_end === formerPeriod.end);
  const lines = due.map((item) => lineOfItem(account, id, { item, period: nextPeriod(subscription, item) }));
  const customer = account.get("customer", idOf(subscription.customer));
  const { currency } = subscription;
  const preview = invoiceObject(account.at(formerPeriod.end), {
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

/** Without an id, as the event contains it. */
export function upcomingInvoice(account: Account, subscription: Stripe.Subscription): UpcomingInvoice {
  const { id: _, ...rest } = previewInvoice(account, subscription);
  return rest;
}
