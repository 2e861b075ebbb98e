// Collects an invoice: finalizes it an hour after it was drafted, charges the method that Stripe would take, retries by the
// account's schedule, and stops if a retry cannot help.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { nextAttemptOf } from "../resources/billing-settings";
import { subscriptionOf } from "../resources/invoice-object";
import { changeInvoice, finalizeInvoice, intentOf } from "../resources/invoice-steps";
import { wasRefused } from "../webhooks/queue";
import { attemptPayment } from "./attempt-payment";
import { invoiceFailed, invoicePaid } from "./invoice-follows";
import type { AttemptResult } from "./payment-attempt";
import { takeRenewalDecline } from "./renewal-switch";
import { settleLater } from "./settle-charge";

const HOUR = 3_600;
const LONGEST_HOLD = 72 * HOUR;

export type Collecting = {
  onSession?: boolean;
  scheduled?: boolean;
  /** Used instead of the subscription's or the customer's. */
  method?: Stripe.PaymentMethod | null;
};

export type Collected = AttemptResult | { kind: "nothing-due" } | { kind: "no-method" };

/** Handles a draft whose hour is over, or an open invoice whose retry is due. */
export function invoiceDue(account: Account, id: string): void {
  const invoice = account.get("invoice", id);
  if (invoice.status === "open") retry(account, invoice);
  else if (invoice.status === "draft") finalizeWhenHeard(account, invoice);
}

/** Stripe holds a draft for up to three days while an endpoint refuses its `invoice.created`. */
function finalizeWhenHeard(account: Account, draft: Stripe.Invoice): void {
  const { createdEvent } = account.internalState<"invoice">(draft.id);
  const isHeld = createdEvent !== null && wasRefused(account.store, account.id, createdEvent);
  if (isHeld && account.now() < draft.created + LONGEST_HOLD)
    account.put({ ...draft, automatically_finalizes_at: account.now() + HOUR });
  else finalizeAndCollect(account, draft);
}

export function finalizeAndCollect(account: Account, draft: Stripe.Invoice, how: Collecting = {}): Collected {
  const open = finalizeInvoice(account, draft);
  if (open.amount_due === 0) {
    invoicePaid(account, open, null);
    return { kind: "nothing-due" };
  }
  if (open.collection_method === "charge_automatically") return collect(account, open, how);
  intentOf(account, open);
  account.emit("invoice.sent", open);
  return { kind: "no-method" };
}

/** Charges the open invoice and settles the charge. */
export function collect(account: Account, invoice: Stripe.Invoice, how: Collecting = {}): Collected {
  const intent = intentOf(account, invoice);
  const method = how.method ?? methodOf(account, invoice);
  const { scheduled, onSession = false } = how;
  if (!method) {
    invoiceFailed(account, invoice, { kind: "declined", intent, scheduled });
    return { kind: "no-method" };
  }
  const forcedDecline = onSession ? null : takeRenewalDecline(account, subscriptionOf(invoice));
  const result = attemptPayment(account, { intent, method, onSession, scheduled, forcedDecline });
  if (result.kind === "paid") settleLater(account, result.charge);
  return result;
}

/** The subscription's method comes before the customer's; SEPA debits work in euro only. */
export function methodOf(account: Account, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const subscription = subscriptionOf(invoice);
  const ofSubscription = subscription ? account.find("subscription", subscription)?.default_payment_method : null;
  const customer = account.find("customer", idOf(invoice.customer) ?? "");
  const ofCustomer = customer?.invoice_settings.default_payment_method;
  const id = idOf(invoice.default_payment_method ?? ofSubscription ?? ofCustomer ?? null);
  const method = id ? account.find("payment_method", id) : null;
  return method?.type === "sepa_debit" && invoice.currency !== "eur" ? null : method;
}

/** After a hard decline the same method is not charged again: the retry only counts. */
function retry(account: Account, invoice: Stripe.Invoice): void {
  const method = methodOf(account, invoice);
  const error = intentOf(account, invoice).last_payment_error;
  const isSame = error?.payment_method?.id === method?.id;
  const isHopeless = !method || (isSame && isHard(error));
  const attempts = invoice.attempt_count + 1;
  const next = nextAttemptOf(account, invoice, attempts);
  if (isHopeless && next !== null)
    changeInvoice(account, invoice, { attempt_count: attempts, next_payment_attempt: next });
  else if (isHopeless)
    invoiceFailed(account, invoice, { kind: "declined", intent: intentOf(account, invoice), scheduled: true });
  else collect(account, invoice, { scheduled: true });
}

const HARD = new Set(["lost_card", "stolen_card", "pickup_card", "incorrect_number", "authentication_required"]);

function isHard(error: Stripe.PaymentIntent.LastPaymentError | null): boolean {
  return HARD.has(error?.decline_code ?? "") || HARD.has(error?.code ?? "");
}
