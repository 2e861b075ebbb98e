// The life of a recurring gift after Checkout: first invoice, renewals, the end.
import type Stripe from "stripe";
import type { Account } from "../account";
import { withoutEmpty } from "../http/route";
import { idOf } from "../objects";
import { settleCharge } from "../resources/charges";
import { lineItemsOf } from "../resources/checkout-sessions";
import { draftInvoice, type InvoicedPeriod } from "../resources/invoice-object";
import { finalizeInvoice, markInvoicePaid } from "../resources/invoices";
import { createIntent } from "../resources/payment-intents";
import { periodEndAfter } from "../resources/periods";
import { cancelNow } from "../resources/subscription-changes";
import { createSubscription } from "../resources/subscription-object";
import { attemptPayment } from "./attempt-payment";
import { onClockOf } from "./test-clock";

/** After the first payment in Checkout: the subscription, and its first invoice, already paid. */
export function beginSubscription(
  given: Account,
  session: Stripe.Checkout.Session,
  paid: { intent: Stripe.PaymentIntent; method: string },
): Pick<Stripe.Checkout.Session, "subscription" | "invoice"> {
  const customer = given.get("customer", idOf(paid.intent.customer));
  const account = onClockOf(given, customer);
  const { asked } = account.aside<"checkout.session">(session.id);
  const prices = lineItemsOf(account, session.id).flatMap(({ price, quantity }) =>
    price ? [{ price, quantity: quantity ?? 1 }] : [],
  );
  const begun = createSubscription(account, {
    customer,
    method: paid.method,
    prices,
    metadata: withoutEmpty(asked.subscription_data?.metadata),
    description: asked.subscription_data?.description ?? null,
  });
  const now = { start: begun.created, end: begun.created };
  const period = periodOf(begun);
  const draft = draftInvoice(account, {
    subscription: begun,
    customer,
    reason: "subscription_create",
    period,
    formerPeriod: now,
  });
  const invoice = markInvoicePaid(account, finalizeInvoice(account, draft), paid.intent);
  const subscription: Stripe.Subscription = { ...begun, latest_invoice: invoice.id };
  account.put(subscription);
  account.emit("customer.subscription.created", subscription);
  return { subscription: subscription.id, invoice: invoice.id };
}

function periodOf(subscription: Stripe.Subscription): InvoicedPeriod {
  const item = subscription.items.data[0];
  if (!item) throw new Error(`${subscription.id} has no item`);
  return { start: item.current_period_start, end: item.current_period_end };
}

/** The period is over: the subscription ends if it was cancelled for now, and renews if not. */
export function turnPeriod(account: Account, id: string): Stripe.Subscription {
  const subscription = account.get("subscription", id);
  return subscription.cancel_at_period_end
    ? cancelNow(account, subscription)
    : renewSubscription(account, subscription);
}

function renewSubscription(account: Account, before: Stripe.Subscription): Stripe.Subscription {
  const formerPeriod = periodOf(before);
  const moved = movePeriod(before);
  const customer = account.get("customer", idOf(before.customer));
  const period = periodOf(moved);
  // Stripe tells of the moved period before the invoice's own event, and the event names the invoice.
  const invoiceId = account.newId("in_");
  const renewed: Stripe.Subscription = { ...moved, latest_invoice: invoiceId };
  account.put(renewed);
  const previous = { items: before.items, latest_invoice: before.latest_invoice };
  account.emit("customer.subscription.updated", renewed, previous);
  const reason = "subscription_cycle" as const;
  const draft = draftInvoice(account, { id: invoiceId, subscription: renewed, customer, reason, period, formerPeriod });
  return payRenewal(account, renewed, finalizeInvoice(account, draft));
}

function movePeriod(subscription: Stripe.Subscription): Stripe.Subscription {
  const data = subscription.items.data.map((item) => {
    const start = item.current_period_end;
    const end = periodEndAfter(subscription.billing_cycle_anchor, item.price.recurring, start);
    return { ...item, current_period_start: start, current_period_end: end };
  });
  return { ...subscription, items: { ...subscription.items, data } };
}

function payRenewal(account: Account, subscription: Stripe.Subscription, invoice: Stripe.Invoice): Stripe.Subscription {
  const intent = createIntent(account, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: idOf(invoice.customer),
    description: "Subscription update",
  });
  const method = account.get("payment_method", idOf(subscription.default_payment_method));
  const result = attemptPayment(account, { intent, method, onSession: false });
  if (result.kind === "paid") {
    markInvoicePaid(account, invoice, result.intent);
    settleCharge(account, result.charge);
    return subscription;
  }
  return failRenewal(account, subscription, invoice);
}

/** Retries by schedule come with time control; until then a failed renewal leaves the gift past due. */
function failRenewal(
  account: Account,
  subscription: Stripe.Subscription,
  invoice: Stripe.Invoice,
): Stripe.Subscription {
  const failed: Stripe.Invoice = { ...invoice, attempt_count: 1, attempted: true };
  account.put(failed);
  account.emit("invoice.payment_failed", failed);
  account.emit("invoice.updated", failed, { attempt_count: 0, attempted: false });
  const late: Stripe.Subscription = { ...subscription, status: "past_due" };
  account.put(late);
  account.emit("customer.subscription.updated", late, { status: subscription.status });
  return late;
}
