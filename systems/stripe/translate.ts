// From Stripe's events to facts of ours, by the event's name. An event that is not named here, or whose object is not ours,
// brings no fact.
import type Stripe from "stripe";
import type { Fact, PaymentStatus } from "../../domain/ledger/fact";
import { currencyFromStripe } from "../../domain/money";
import { readOrigin } from "./metadata";
import { recurringStateOf } from "./subscription";

/** Throws where an event that we know lacks what its kind must have. */
export function translateEvent(event: Stripe.Event): Fact[] {
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
      return completedSession(event.data.object, event);
    case "checkout.session.async_payment_failed":
      return sessionPayment(event.data.object, { event, status: "failed" });
    case "checkout.session.expired":
      return closedSession(event.data.object, "expired");
    case "charge.succeeded":
    case "charge.updated":
      return chargePayment(event.data.object);
    case "invoice.paid":
      return paidInvoice(event.data.object);
    case "customer.subscription.created":
    case "customer.subscription.updated":
    case "customer.subscription.paused":
    case "customer.subscription.resumed":
    case "customer.subscription.deleted":
      return changedSubscription(event.data.object);
    default:
      return [];
  }
}

function completedSession(session: Stripe.Checkout.Session, event: Stripe.Event): Fact[] {
  const status = session.payment_status === "unpaid" ? "pending" : "succeeded";
  return [...closedSession(session, "completed"), ...sessionPayment(session, { event, status })];
}

function closedSession(session: Stripe.Checkout.Session, outcome: "completed" | "expired"): Fact[] {
  const origin = readOrigin(session.metadata);
  if (!origin) return [];
  const subscriptionId = idOf(session.subscription);
  const recurring = subscriptionId ? { subscriptionId, money: sessionMoney(session) } : null;
  return [{ kind: "checkout-closed", outcome, email: session.customer_details?.email ?? null, recurring, origin }];
}

/** Only a single gift is booked on its session; a recurring one is booked on each invoice. */
function sessionPayment(
  session: Stripe.Checkout.Session,
  { event, status }: { event: Stripe.Event; status: PaymentStatus },
): Fact[] {
  const origin = readOrigin(session.metadata);
  const paymentIntentId = idOf(session.payment_intent);
  if (!origin || !paymentIntentId || session.mode !== "payment") return [];
  return [
    {
      kind: "single-payment",
      paymentIntentId,
      status,
      money: sessionMoney(session),
      paidAt: fromUnix(event.created),
      charge: null,
      email: session.customer_details?.email ?? null,
      origin,
    },
  ];
}

function sessionMoney(session: Stripe.Checkout.Session) {
  if (session.amount_total === null || !session.currency) throw new Error(`session ${session.id} has no amount`);
  return { amountMinor: session.amount_total, currency: currencyFromStripe(session.currency) };
}

/** A charge of a recurring gift carries no metadata of ours and is left to its invoice. */
function chargePayment(charge: Stripe.Charge): Fact[] {
  const origin = readOrigin(charge.metadata);
  const paymentIntentId = idOf(charge.payment_intent);
  if (!origin || !paymentIntentId || charge.status !== "succeeded") return [];
  return [
    {
      kind: "single-payment",
      paymentIntentId,
      status: "succeeded",
      money: { amountMinor: charge.amount, currency: currencyFromStripe(charge.currency) },
      paidAt: fromUnix(charge.created),
      charge: { chargeId: charge.id, balanceTransactionId: idOf(charge.balance_transaction) },
      email: null,
      origin,
    },
  ];
}

const YEARLY_ABOVE_S = 45 * 24 * 60 * 60;

function paidInvoice(invoice: Stripe.Invoice): Fact[] {
  // Before 2025-03-31 an invoice named its subscription elsewhere: it would look like another product's, and its money be lost.
  if (invoice.parent === undefined)
    throw new Error(`invoice ${invoice.id} came in a version of Stripe's API that is too old`);
  const details = invoice.parent?.subscription_details;
  const origin = readOrigin(details?.metadata);
  if (!details || !origin || invoice.amount_paid === 0) return [];
  const subscriptionId = idOf(details.subscription);
  const line = invoice.lines.data[0];
  if (!invoice.id || !subscriptionId || !line) throw new Error(`invoice ${invoice.id} lacks its subscription or line`);
  return [
    {
      kind: "recurring-payment",
      invoiceId: invoice.id,
      subscriptionId,
      money: { amountMinor: invoice.amount_paid, currency: currencyFromStripe(invoice.currency) },
      frequency: line.period.end - line.period.start > YEARLY_ABOVE_S ? "yearly" : "monthly",
      paidAt: fromUnix(invoice.status_transitions.paid_at ?? invoice.created),
      email: invoice.customer_email,
      origin,
    },
  ];
}

function changedSubscription(subscription: Stripe.Subscription): Fact[] {
  const state = recurringStateOf(subscription);
  return state ? [{ kind: "recurring-gift-changed", state }] : [];
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}

function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000);
}
