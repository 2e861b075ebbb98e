// Bills a subscription: at its start, at each renewal, and when a change starts a new period. While collection is paused,
// an invoice is drafted and then kept, voided or marked uncollectible.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { takePendingItems } from "../resources/invoice-items";
import { type InvoicedPeriod, type ItemLine, lineOfInvoiceItem, lineOfItem } from "../resources/invoice-lines";
import { draftInvoice, type NewInvoice } from "../resources/invoice-object";
import { finalizeInvoice, markUncollectible, voidInvoice } from "../resources/invoice-steps";

export type Billed = {
  subscription: Stripe.Subscription;
  invoiceId: string;
  items: Stripe.SubscriptionItem[];
  formerPeriod: InvoicedPeriod;
};

export function billCycle(account: Account, { items, ...billed }: Billed): Stripe.Invoice {
  const lines = items.map((item) => ({ item, period: periodOf(item) }));
  return billLines(account, { ...billed, lines, reason: "subscription_cycle" });
}

export function periodOf(item: Stripe.SubscriptionItem): InvoicedPeriod {
  return { start: item.current_period_start, end: item.current_period_end };
}

export type BilledLines = Omit<Billed, "items"> & {
  lines: ItemLine[];
  reason: NewInvoice["reason"];
};

/** Drafts the invoice with pending items first. Only a renewal's invoice waits an hour. */
export function billLines(account: Account, billed: BilledLines): Stripe.Invoice {
  const { subscription, invoiceId: id, formerPeriod, reason } = billed;
  const customer = account.get("customer", idOf(subscription.customer));
  const pending = takePendingItems(account, { customer: customer.id, subscription: subscription.id, invoice: id });
  const lines = [
    ...pending.map((item) => lineOfInvoiceItem(account, id, item)),
    ...billed.lines.map((line) => lineOfItem(account, id, line)),
  ];
  const { currency, pause_collection: pause, status } = subscription;
  const autoAdvance = pause === null && status !== "unpaid";
  const common = { id, customer, subscription, reason, lines, currency, formerPeriod, autoAdvance };
  const draft = draftInvoice(account, common);
  if (pause?.behavior === "void") return voidInvoice(account, finalizeInvoice(account, draft));
  if (pause?.behavior === "mark_uncollectible")
    return markUncollectible(account, finalizeInvoice(account, draft), "subscription_paused");
  return draft;
}
