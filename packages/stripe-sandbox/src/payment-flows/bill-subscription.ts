import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { assignPendingInvoiceItems } from "../resources/invoice-items";
import {
  type InvoicedPeriod,
  lineOfInvoiceItem,
  type SubscriptionInvoiceLineInput,
  subscriptionLine,
} from "../resources/invoice-lines";
import { createDraftInvoice, type NewInvoice } from "../resources/invoice-object";
import { finalizeInvoice, markUncollectible, voidInvoice } from "../resources/invoice-steps";

export type RenewalInvoiceInput = {
  subscription: Stripe.Subscription;
  invoiceId: string;
  items: Stripe.SubscriptionItem[];
  formerPeriod: InvoicedPeriod;
};

export function draftRenewalInvoice(account: Account, { items, ...billed }: RenewalInvoiceInput): Stripe.Invoice {
  const lines = items.map((item) => ({ item, period: itemPeriod(item) }));
  return draftSubscriptionInvoice(account, { ...billed, lines, reason: "subscription_cycle" });
}

export function itemPeriod(item: Stripe.SubscriptionItem): InvoicedPeriod {
  return { start: item.current_period_start, end: item.current_period_end };
}

export type SubscriptionInvoiceInput = Omit<RenewalInvoiceInput, "items"> & {
  lines: SubscriptionInvoiceLineInput[];
  reason: NewInvoice["reason"];
};

/**
 * Drafts the subscription's invoice. The customer's pending invoice items become its first lines. If the subscription
 * is paused (`pause_collection`), the invoice can become void or uncollectible at once.
 */
export function draftSubscriptionInvoice(account: Account, billed: SubscriptionInvoiceInput): Stripe.Invoice {
  const { subscription, invoiceId: id, formerPeriod, reason } = billed;
  const customer = account.get("customer", idOf(subscription.customer));
  const pending = assignPendingInvoiceItems(account, {
    customer: customer.id,
    subscription: subscription.id,
    invoice: id,
  });
  const lines = [
    ...pending.map((item) => lineOfInvoiceItem(account, id, item)),
    ...billed.lines.map((line) => subscriptionLine(account, id, line)),
  ];
  const { currency, pause_collection: pause, status } = subscription;
  const autoAdvance = pause === null && status !== "unpaid";
  const common = { id, customer, subscription, reason, lines, currency, formerPeriod, autoAdvance };
  const draft = createDraftInvoice(account, common);
  if (pause?.behavior === "void") return voidInvoice(account, finalizeInvoice(account, draft));
  if (pause?.behavior === "mark_uncollectible")
    return markUncollectible(account, finalizeInvoice(account, draft), "subscription_paused");
  return draft;
}
