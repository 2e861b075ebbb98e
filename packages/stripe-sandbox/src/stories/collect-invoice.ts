// An invoice is collected: finalized an hour after it was drafted, charged to the method that Stripe would take, tried again
// by the account's schedule, and left when a retry cannot help.
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
  /** Instead of the subscription's or the customer's. */
  method?: Stripe.PaymentMethod | null;
};

export type Collected = AttemptResult | { kind: "nothing-due" } | { kind: "no-method" };

/** The clock looks at a draft, or at an open invoice whose next try has come. */
export function invoiceDue(account: Account, id: string): void {
  const invoice = account.get("invoice", id);
  if (invoice.status === "open") retry(account, invoice);
  else if (invoice.status === "draft") finalizeWhenHeard(account, invoice);
}

/** Stripe holds a draft back for up to three days while an endpoint refuses its `invoice.created`. */
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

/** Charges what is open, and settles the charge. */
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

/** The subscription's own method goes before the customer's; a SEPA debit is no way to pay but in euros. */
export function methodOf(account: Account, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const subscription = subscriptionOf(invoice);
  const ofSubscription = subscription ? account.find("subscription", subscription)?.default_payment_method : null;
  const customer = account.find("customer", idOf(invoice.customer) ?? "");
  const ofCustomer = customer?.invoice_settings.default_payment_method;
  const id = idOf(invoice.default_payment_method ?? ofSubscription ?? ofCustomer ?? null);
  const method = id ? account.find("payment_method", id) : null;
  return method?.type === "sepa_debit" && invoice.currency !== "eur" ? null : method;
}

/** A hard decline is not tried again with the same method: the try only counts. */
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
