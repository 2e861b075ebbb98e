import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { subscriptionIdOf } from "../resources/invoice-object";
import { changeInvoice, ensurePaymentIntent, finalizeInvoice } from "../resources/invoice-steps";
import { nextRetryAt } from "../resources/renewal-settings";
import { hasRefusedDelivery } from "../webhooks/queue";
import { attemptPayment } from "./attempt-payment";
import type { AttemptResult } from "./payment-attempt";
import { consumeRenewalDecline } from "./renewal-switch";
import { bookChargeToBalanceAfterAnswer } from "./settle-charge";
import { markInvoiceAndSubscriptionPaid, recordFailedInvoicePayment } from "./update-invoice";

const HOUR = 3_600;
const MAX_HOLD = 72 * HOUR;

export type InvoiceCollectionOptions = {
  onSession?: boolean;
  scheduled?: boolean;
  /** The payment method to charge instead of the default of the subscription or customer. */
  method?: Stripe.PaymentMethod | null;
};

export type CollectInvoiceResult = AttemptResult | { kind: "nothing-due" } | { kind: "no-method" };

export function finalizeOrRetryInvoice(account: Account, id: string): void {
  const invoice = account.get("invoice", id);
  if (invoice.status === "open") retry(account, invoice);
  else if (invoice.status === "draft") finalizeUnlessRefused(account, invoice);
}

/**
 * Finalizes the draft and collects its payment. As at Stripe, this waits for up to three days if a webhook endpoint did
 * not accept the event `invoice.created`.
 */
function finalizeUnlessRefused(account: Account, draft: Stripe.Invoice): void {
  const { createdEvent } = account.internalState<"invoice">(draft.id);
  const isHeld = createdEvent !== null && hasRefusedDelivery(account.store, account.id, createdEvent);
  if (isHeld && account.now() < draft.created + MAX_HOLD)
    account.put({ ...draft, automatically_finalizes_at: account.now() + HOUR });
  else finalizeAndCollect(account, draft);
}

export function finalizeAndCollect(
  account: Account,
  draft: Stripe.Invoice,
  how: InvoiceCollectionOptions = {},
): CollectInvoiceResult {
  const open = finalizeInvoice(account, draft);
  if (open.amount_due === 0) {
    markInvoiceAndSubscriptionPaid(account, open, null);
    return { kind: "nothing-due" };
  }
  if (open.collection_method === "charge_automatically") return collectInvoice(account, open, how);
  ensurePaymentIntent(account, open);
  account.emit("invoice.sent", open);
  return { kind: "no-method" };
}

export function collectInvoice(
  account: Account,
  invoice: Stripe.Invoice,
  how: InvoiceCollectionOptions = {},
): CollectInvoiceResult {
  const intent = ensurePaymentIntent(account, invoice);
  const method = how.method ?? findPaymentMethodForInvoice(account, invoice);
  const { scheduled, onSession = false } = how;
  if (!method) {
    recordFailedInvoicePayment(account, invoice, { kind: "declined", intent, scheduled });
    return { kind: "no-method" };
  }
  const forcedDecline = onSession ? null : consumeRenewalDecline(account, subscriptionIdOf(invoice));
  const result = attemptPayment(account, { intent, method, onSession, scheduled, forcedDecline });
  if (result.kind === "paid") bookChargeToBalanceAfterAnswer(account, result.charge);
  return result;
}

export function findPaymentMethodForInvoice(account: Account, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const subscription = subscriptionIdOf(invoice);
  const ofSubscription = subscription ? account.find("subscription", subscription)?.default_payment_method : null;
  const customer = account.find("customer", idOf(invoice.customer) ?? "");
  const ofCustomer = customer?.invoice_settings.default_payment_method;
  const id = idOf(invoice.default_payment_method ?? ofSubscription ?? ofCustomer ?? null);
  const method = id ? account.find("payment_method", id) : null;
  return method?.type === "sepa_debit" && invoice.currency !== "eur" ? null : method;
}

/**
 * Charges the invoice again. Charges nothing if it has no payment method, or if the method's last decline was final,
 * for example because the card was stolen. In both cases only counts the attempt, or records a failed payment if this
 * was the last attempt.
 */
function retry(account: Account, invoice: Stripe.Invoice): void {
  const method = findPaymentMethodForInvoice(account, invoice);
  const error = ensurePaymentIntent(account, invoice).last_payment_error;
  const isSame = error?.payment_method?.id === method?.id;
  const isHopeless = !method || (isSame && isHard(error));
  const attempts = invoice.attempt_count + 1;
  const next = nextRetryAt(account, invoice, attempts);
  if (isHopeless && next !== null)
    changeInvoice(account, invoice, { attempt_count: attempts, next_payment_attempt: next });
  else if (isHopeless)
    recordFailedInvoicePayment(account, invoice, {
      kind: "declined",
      intent: ensurePaymentIntent(account, invoice),
      scheduled: true,
    });
  else collectInvoice(account, invoice, { scheduled: true });
}

const HARD = new Set(["lost_card", "stolen_card", "pickup_card", "incorrect_number", "authentication_required"]);

function isHard(error: Stripe.PaymentIntent.LastPaymentError | null): boolean {
  return HARD.has(error?.decline_code ?? "") || HARD.has(error?.code ?? "");
}
