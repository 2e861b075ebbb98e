// An invoice in our words: one payment of a recurring gift, or a try at it that failed.
import type Stripe from "stripe";
import type { Fact, Origin } from "../../../domain/ledger/fact";
import { currencyFromStripe, type Money } from "../../../domain/money";
import { readOrigin } from "../metadata";
import { fromUnix, idOf } from "./ids";

const YEARLY_ABOVE_S = 45 * 24 * 60 * 60;

/** Throws where an invoice that is ours lacks what it must have, or came in the words of an API that is too old. */
export function paidInvoice(invoice: Stripe.Invoice): Fact[] {
  const own = ownInvoice(invoice);
  if (!own) return [];
  // Paid in cash, say: no money of it is at Stripe.
  const amountMinor = invoice.amount_paid - (invoice.amount_paid_off_stripe ?? 0);
  if (amountMinor === 0) return [];
  const line = invoice.lines.data[0];
  if (!line) throw new Error(`invoice ${invoice.id} lacks its line`);
  const { invoiceId, subscriptionId, origin } = own;
  return [
    {
      kind: "recurring-payment",
      invoiceId,
      subscriptionId,
      money: moneyOf(invoice, amountMinor),
      frequency: line.period.end - line.period.start > YEARLY_ABOVE_S ? "yearly" : "monthly",
      paidAt: fromUnix(invoice.status_transitions.paid_at ?? invoice.created),
      email: invoice.customer_email,
      origin,
    },
  ];
}

export function failedInvoice(invoice: Stripe.Invoice, toldAt: Date): Fact[] {
  const own = ownInvoice(invoice);
  if (!own) return [];
  const { invoiceId, subscriptionId, origin } = own;
  const key = `${invoiceId}:${invoice.attempt_count}`;
  const money = moneyOf(invoice, invoice.amount_due);
  return [{ kind: "attempt-failed", key, giftId: origin.giftId, subscriptionId, money, code: null, failedAt: toldAt }];
}

export function paidInvoicePayment(payment: Stripe.InvoicePayment): Fact[] {
  const invoiceId = idOf(payment.invoice);
  const paymentIntentId = idOf(payment.payment.payment_intent);
  if (!invoiceId || !paymentIntentId || payment.status !== "paid") return [];
  return [{ kind: "payment-linked", invoiceId, paymentIntentId }];
}

function ownInvoice(invoice: Stripe.Invoice): { invoiceId: string; subscriptionId: string; origin: Origin } | null {
  // Before 2025-03-31 an invoice named its subscription elsewhere: it would look like another product's, and its money be lost.
  if (invoice.parent === undefined)
    throw new Error(`invoice ${invoice.id} came in a version of Stripe's API that is too old`);
  const details = invoice.parent?.subscription_details;
  const origin = readOrigin(details?.metadata);
  if (!details || !origin) return null;
  const subscriptionId = idOf(details.subscription);
  if (!invoice.id || !subscriptionId) throw new Error(`invoice ${invoice.id} lacks its subscription`);
  return { invoiceId: invoice.id, subscriptionId, origin };
}

function moneyOf({ currency }: Stripe.Invoice, amountMinor: number): Money {
  return { amountMinor, currency: currencyFromStripe(currency) };
}
