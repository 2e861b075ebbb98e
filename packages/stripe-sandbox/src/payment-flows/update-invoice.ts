import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { subscriptionIdOf } from "../resources/invoice-object";
import { changeInvoice, markInvoicePaid } from "../resources/invoice-steps";
import { previousAttributes } from "../resources/previous-attributes";
import { nextRetryAt, renewalSettingsOf } from "../resources/renewal-settings";
import { cancelNow } from "../resources/subscription-cancel";
import type { AttemptResult } from "./payment-attempt";

export type AttemptResultKind = AttemptResult["kind"];

type AttemptOutcome = {
  kind: AttemptResultKind;
  intent: Stripe.PaymentIntent;
  /** True for an automatic retry. False if a person or an API call started the attempt. */
  scheduled?: boolean;
};

/**
 * Updates the invoice of the payment intent after an attempt to pay. Does nothing if the intent has no invoice, or if
 * the invoice is neither open nor uncollectible.
 */
export function applyOutcomeToInvoice(account: Account, { kind, intent, scheduled = false }: AttemptOutcome): void {
  const invoiceId = account.store.internalState<"payment_intent">(account.id, intent.id)?.invoice;
  const invoice = invoiceId ? account.find("invoice", invoiceId) : null;
  if (!invoice || (invoice.status !== "open" && invoice.status !== "uncollectible")) return;
  if (kind === "paid") markInvoiceAndSubscriptionPaid(account, invoice, intent);
  else if (kind === "held") return;
  else if (kind === "processing") recordInvoiceProcessing(account, invoice, { kind, intent, scheduled });
  else recordFailedInvoicePayment(account, invoice, { kind, intent, scheduled });
}

/**
 * Marks the invoice and its subscription paid. `intent` is null if nothing was due, or if the invoice was paid outside
 * Stripe.
 */
export function markInvoiceAndSubscriptionPaid(
  account: Account,
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent | null,
) {
  const attempt_count = invoice.attempt_count + (intent && !invoice.attempted ? 1 : 0);
  const paid = markInvoicePaid(account, { ...invoice, attempt_count }, { intent });
  subscriptionPaid(account, paid, intent);
  return paid;
}

function recordInvoiceProcessing(account: Account, invoice: Stripe.Invoice, attempt: AttemptOutcome): void {
  const attempt_count = attemptsAfter(invoice, attempt);
  changeInvoice(account, invoice, { attempted: true, attempt_count, next_payment_attempt: null });
  const subscription = findSubscription(account, invoice);
  if (subscription?.status === "incomplete") storeSubscriptionChange(account, subscription, { status: "active" });
}

export function recordFailedInvoicePayment(
  account: Account,
  invoice: Stripe.Invoice,
  { kind, intent, scheduled }: AttemptOutcome,
): void {
  const attempts = attemptsAfter(invoice, { kind, intent, scheduled });
  const isFirst = invoice.billing_reason === "subscription_create";
  const retries = !isFirst && invoice.auto_advance === true && invoice.collection_method === "charge_automatically";
  const next = retries ? nextRetryAt(account, invoice, attempts) : null;
  const failed = { ...invoice, attempted: true, attempt_count: attempts, next_payment_attempt: next };
  account.put(failed);
  if (kind !== "challenged") account.emit("invoice.payment_failed", failed);
  if (kind === "challenged" || intent.last_payment_error?.code === "authentication_required")
    account.emit("invoice.payment_action_required", failed);
  const changes = previousAttributes(invoice, failed);
  if (Object.keys(changes).length > 0) account.emit("invoice.updated", failed, changes);
  const subscription = findSubscription(account, invoice);
  if (subscription) subscriptionUnpaid(account, subscription, retries && next === null);
}

/**
 * Returns the invoice's new number of attempts. Counts the first attempt and each automatic retry. Does not count a
 * manual retry, a 3-D Secure challenge or the bounce of an earlier debit.
 */
function attemptsAfter(
  { attempted, attempt_count: before }: Stripe.Invoice,
  { kind, scheduled }: AttemptOutcome,
): number {
  return kind === "challenged" || (attempted && !scheduled) ? before : before + 1;
}

function subscriptionUnpaid(account: Account, subscription: Stripe.Subscription, isLast: boolean): void {
  if (!isRunning(subscription)) return;
  const { whenGivenUp } = renewalSettingsOf(account);
  if (isLast && whenGivenUp === "cancel") cancelNow(account, subscription, { reason: "payment_failed" });
  else storeSubscriptionChange(account, subscription, { status: isLast ? whenGivenUp : "past_due" });
}

function isRunning({ status }: Stripe.Subscription): boolean {
  return status === "active" || status === "trialing" || status === "past_due" || status === "unpaid";
}

function subscriptionPaid(account: Account, invoice: Stripe.Invoice, intent: Stripe.PaymentIntent | null): void {
  const subscription = findSubscription(account, invoice);
  if (!subscription) return;
  const settles = idOf(subscription.latest_invoice) === invoice.id;
  const wasWaiting = ["incomplete", "past_due", "unpaid"].includes(subscription.status);
  const running = (subscription.trial_end ?? 0) > account.now() ? "trialing" : "active";
  const saves = subscription.payment_settings?.save_default_payment_method === "on_subscription";
  storeSubscriptionChange(account, subscription, {
    ...(settles && wasWaiting ? { status: running } : {}),
    ...(saves && intent?.payment_method ? { default_payment_method: idOf(intent.payment_method) } : {}),
  });
}

export function storeSubscriptionChange(
  account: Account,
  before: Stripe.Subscription,
  change: Partial<Stripe.Subscription>,
) {
  const after: Stripe.Subscription = { ...before, ...change };
  const previous = previousAttributes(before, after);
  if (Object.keys(previous).length === 0) return before;
  account.put(after);
  account.emit("customer.subscription.updated", after, previous);
  return after;
}

function findSubscription(account: Account, invoice: Stripe.Invoice): Stripe.Subscription | null {
  const id = subscriptionIdOf(invoice);
  return id ? account.find("subscription", id) : null;
}
