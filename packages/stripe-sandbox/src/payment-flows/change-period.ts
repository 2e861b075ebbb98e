// Starts new periods of subscriptions that were changed, and bills the change. The invoice of such a change is
// finalized at once, not after an hour like the invoice of a renewal.
import type Stripe from "stripe";
import type { Account } from "../account";
import { SimulatedStripeError } from "../http/errors";
import { ensurePaymentIntent, finalizeInvoice } from "../resources/invoice-steps";
import { addBillingIntervals } from "../resources/periods";
import { previousAttributes } from "../resources/previous-attributes";
import type { CommonSubscriptionParams } from "../resources/subscription-params";
import { currentPeriodOf, nextTrialOrRenewalNotice } from "../resources/subscription-periods";
import { draftSubscriptionInvoice, itemPeriod } from "./bill-subscription";
import { type CollectInvoiceResult, finalizeAndCollect } from "./collect-invoice";

type HowToBill = Partial<Pick<CommonSubscriptionParams, "payment_behavior" | "off_session">>;

export function withPeriodsStartingNow(account: Account, current: Stripe.Subscription): Stripe.Subscription {
  const now = account.now();
  const data = current.items.data.map((item) => ({
    ...item,
    current_period_start: now,
    current_period_end: addBillingIntervals(now, item.price.recurring, 1),
  }));
  const endsTrial = current.status === "trialing";
  return {
    ...current,
    billing_cycle_anchor: now,
    ...(current.cancel_at_period_end ? { cancel_at: Math.min(...data.map((item) => item.current_period_end)) } : {}),
    items: { ...current.items, data },
    ...(endsTrial ? { status: "active", trial_end: now } : {}),
  };
}

type Change = {
  before: Stripe.Subscription;
  after: Stripe.Subscription;
  params: HowToBill;
  /** The subscription items whose new period the invoice charges. It also charges the pending invoice items. */
  items: Stripe.SubscriptionItem[];
};

export function saveAndBillSubscriptionChange(
  account: Account,
  { before, after, params, items }: Change,
): Stripe.Subscription {
  const invoiceId = account.newId("in_");
  const named: Stripe.Subscription = { ...after, latest_invoice: invoiceId };
  const { failsNext } = account.internalState<"subscription">(before.id);
  account.putWithInternalState<"subscription">(named, { ...nextTrialOrRenewalNotice(account, named), failsNext });
  account.emit("customer.subscription.updated", named, previousAttributes(before, named));
  const lines = items.map((item) => ({ item, period: itemPeriod(item) }));
  const reason = "subscription_update";
  draftSubscriptionInvoice(account, {
    subscription: named,
    invoiceId,
    lines,
    reason,
    formerPeriod: currentPeriodOf(before),
  });
  collectInvoiceByPaymentBehavior(account, invoiceId, params);
  return account.get("subscription", named.id);
}

export function collectInvoiceByPaymentBehavior(account: Account, invoiceId: string, how: HowToBill): void {
  const draft = account.get("invoice", invoiceId);
  if (draft.status !== "draft" || !draft.auto_advance) return;
  if (how.payment_behavior === "default_incomplete" && draft.amount_due > 0) {
    ensurePaymentIntent(account, finalizeInvoice(account, draft));
    return;
  }
  const collected = finalizeAndCollect(account, draft, { onSession: !how.off_session });
  if (how.payment_behavior === "error_if_incomplete") refuseUnpaid(account, invoiceId, collected);
}

function refuseUnpaid(account: Account, invoiceId: string, collected: CollectInvoiceResult): void {
  if (account.get("invoice", invoiceId).status === "paid" || collected.kind === "no-method") return;
  const decline = collected.kind === "declined" ? collected.decline : null;
  throw new SimulatedStripeError({
    status: 402,
    type: "card_error",
    code: decline?.code ?? "subscription_payment_intent_requires_action",
    message:
      decline?.message ?? "Payment for this subscription requires additional user action before it can be completed.",
    more: decline ? { decline_code: decline.declineCode } : {},
  });
}
