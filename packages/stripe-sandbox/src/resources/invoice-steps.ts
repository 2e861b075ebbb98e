import type Stripe from "stripe";
import type { Account } from "../account";
import { requireObject } from "../http/route";
import { idOf } from "../objects";
import { subscriptionIdOf } from "./invoice-object";
import { createIntent } from "./payment-intents";
import { previousAttributes } from "./previous-attributes";

export function finalizeInvoice(account: Account, draft: Stripe.Invoice): Stripe.Invoice {
  const customer = requireObject(account, "customer", {
    id: idOf(draft.customer) ?? "",
    noun: "customer",
    param: "customer",
  });
  const sequence = customer.next_invoice_sequence ?? 1;
  const balance = draft.starting_balance + draft.total - draft.amount_due;
  account.put({ ...customer, balance, next_invoice_sequence: sequence + 1 });
  const invoice: Stripe.Invoice = {
    ...draft,
    automatically_finalizes_at: null,
    effective_at: account.now(),
    ending_balance: balance,
    hosted_invoice_url: `${account.baseUrl}/i/${draft.id}`,
    invoice_pdf: `${account.baseUrl}/i/${draft.id}/pdf`,
    next_payment_attempt: null,
    number: draft.number ?? `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: account.now() },
    webhooks_delivered_at: draft.webhooks_delivered_at ?? account.now(),
  };
  account.put(invoice);
  account.emit("invoice.finalized", invoice);
  return invoice;
}

export function ensurePaymentIntent(account: Account, invoice: Stripe.Invoice): Stripe.PaymentIntent {
  const open = findOpenPayment(account, invoice.id);
  if (open) return account.get("payment_intent", idOf(open.payment.payment_intent ?? null));
  const intent = createIntent(account, {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: idOf(invoice.customer),
    description: DESCRIPTIONS[invoice.billing_reason ?? ""] ?? `Payment for Invoice ${invoice.number}`,
    captureMethod: "automatic",
    setupFutureUsage: subscriptionIdOf(invoice) ? "off_session" : null,
    more: { payment_details: { customer_reference: null, order_reference: invoice.id.slice(0, MAX_REFERENCE_LENGTH) } },
  });
  linkPaymentIntentToInvoice(account, invoice, intent);
  return intent;
}

/** In `order_reference`, Stripe shortens the invoice's id to this length. */
const MAX_REFERENCE_LENGTH = 25;

export function linkPaymentIntentToInvoice(
  account: Account,
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent,
): void {
  const payment = invoicePayment(account, invoice, intent);
  account.putWithInternalState<"payment_intent">(intent, { invoice: invoice.id });
  account.put(payment);
  account.putWithInternalState<"invoice">(invoice, {
    ...account.internalState<"invoice">(invoice.id),
    payment: payment.id,
  });
}

const DESCRIPTIONS: Record<string, string> = {
  subscription_create: "Subscription creation",
  subscription_cycle: "Subscription update",
  subscription_update: "Subscription update",
};

export function findOpenPayment(account: Account, invoice: string): Stripe.InvoicePayment | null {
  const { payment } = account.internalState<"invoice">(invoice);
  const existing = payment ? account.get("invoice_payment", payment) : null;
  return existing?.status === "open" ? existing : null;
}

function invoicePayment(account: Account, invoice: Stripe.Invoice, intent: Stripe.PaymentIntent) {
  const payment: Stripe.InvoicePayment = {
    id: account.newId("inpay_"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: account.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: account.livemode,
    payment: { type: "payment_intent", payment_intent: intent.id },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  return payment;
}

export function changeInvoice(account: Account, before: Stripe.Invoice, change: Partial<Stripe.Invoice>) {
  const after: Stripe.Invoice = { ...before, ...change };
  account.put(after);
  account.emit("invoice.updated", after, previousAttributes(before, after));
  return after;
}

/** Marks the invoice paid. `intent` is null if nothing was due, or if the invoice was paid outside Stripe. */
export function markInvoicePaid(
  account: Account,
  open: Stripe.Invoice,
  { intent, byCheckout = false }: { intent: Stripe.PaymentIntent | null; byCheckout?: boolean },
): Stripe.Invoice {
  const paid: Stripe.Invoice = {
    ...open,
    amount_paid: intent ? open.amount_due : 0,
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...open.status_transitions, paid_at: account.now() },
  };
  account.put(paid);
  if (!byCheckout) account.emit("invoice.updated", paid, previousAttributes(open, paid));
  account.emit("invoice.paid", paid);
  account.emit("invoice.payment_succeeded", paid);
  if (intent) markPaymentPaid(account, paid, { intent, isNew: byCheckout });
  return paid;
}

function markPaymentPaid(
  account: Account,
  invoice: Stripe.Invoice,
  { intent, isNew }: { intent: Stripe.PaymentIntent; isNew: boolean },
): void {
  const open = isNew ? null : findOpenPayment(account, invoice.id);
  const paid: Stripe.InvoicePayment = {
    ...(open ?? invoicePayment(account, invoice, intent)),
    amount_paid: invoice.amount_paid,
    amount_requested: invoice.amount_due,
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: account.now() },
  };
  account.put(paid);
  account.emit("invoice_payment.paid", paid);
}

export function cancelOpenPayment(account: Account, invoice: string): void {
  const open = findOpenPayment(account, invoice);
  if (!open) return;
  const canceled_at = account.now();
  account.put({ ...open, status: "canceled", status_transitions: { canceled_at, paid_at: null } });
  const intent = account.get("payment_intent", idOf(open.payment.payment_intent ?? null));
  if (intent.status === "succeeded" || intent.status === "canceled" || intent.status === "processing") return;
  const canceled: Stripe.PaymentIntent = {
    ...intent,
    status: "canceled",
    canceled_at,
    cancellation_reason: "void_invoice",
    next_action: null,
  };
  account.put(canceled);
  account.emit("payment_intent.canceled", canceled);
}

export function voidInvoice(account: Account, open: Stripe.Invoice): Stripe.Invoice {
  cancelOpenPayment(account, open.id);
  const voided: Stripe.Invoice = {
    ...open,
    amount_remaining: 0,
    auto_advance: false,
    next_payment_attempt: null,
    status: "void",
    status_transitions: { ...open.status_transitions, voided_at: account.now() },
  };
  account.put(voided);
  account.emit("invoice.updated", voided, previousAttributes(open, voided));
  account.emit("invoice.voided", voided);
  return voided;
}

export function markUncollectible(
  account: Account,
  open: Stripe.Invoice,
  reason: Stripe.Invoice.StatusDetails.Uncollectible.Reason,
): Stripe.Invoice {
  const givenUp: Stripe.Invoice = {
    ...open,
    auto_advance: false,
    next_payment_attempt: null,
    status: "uncollectible",
    status_details: { uncollectible: { reason } },
    status_transitions: { ...open.status_transitions, marked_uncollectible_at: account.now() },
  };
  account.put(givenUp);
  account.emit("invoice.updated", givenUp, previousAttributes(open, givenUp));
  account.emit("invoice.marked_uncollectible", givenUp);
  return givenUp;
}
