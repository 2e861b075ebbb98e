import "server-only";
import type Stripe from "stripe";
import type { Fact, ParsedGiftMetadata, RecurringPayment } from "../../../domain/ledger/fact";
import { currencyFromStripe, type Money } from "../../../domain/money";
import { requireReadableObject } from "../border/require-readable";
import { parseGiftMetadataOfThisSite } from "../metadata";
import { dateFromUnix, idOf } from "./ids";
import { giftFrequencyOfInvoice } from "./invoice-lines";

/**
 * Returns the payment of a paid invoice of this site; no facts if nothing was paid through Stripe. Throws if a required
 * field is missing, or if Stripe used too old an API version.
 */
export function paidInvoiceFacts(invoice: Stripe.Invoice): Fact[] {
  const own = ownInvoice(invoice);
  if (!own) return [];
  // Excludes the part that was paid outside Stripe, for example in cash.
  const amountMinor = invoice.amount_paid - (invoice.amount_paid_off_stripe ?? 0);
  if (amountMinor === 0) return [];
  const paidAt = dateFromUnix(invoice.status_transitions.paid_at ?? invoice.created);
  const common = { ...own, status: "succeeded" as const, money: stripeMoney(invoice, amountMinor), paidAt };
  return [{ kind: "recurring-payment", ...common, ...giftOf(invoice) }];
}

/**
 * Returns the facts about an unpaid invoice for which a bank debit has begun or has bounced. `charges`: all attempts to
 * pay the invoice. Returns no facts if no attempt moved money.
 */
export function unpaidBankDebitInvoiceFacts(invoice: Stripe.Invoice, charges: readonly Stripe.Charge[]): Fact[] {
  const own = ownInvoice(invoice);
  const moved = charges.filter(({ balance_transaction }) => balance_transaction !== null);
  const first = moved.toSorted((a, b) => a.created - b.created)[0];
  const paymentIntentId = idOf(first?.payment_intent);
  if (!own || !first || !paymentIntentId) return [];
  requireReadableObject("unmarked charge", first);
  const status = moved.some((charge) => charge.status === "failed") ? "failed" : "pending";
  const common = {
    ...own,
    status,
    money: stripeMoney(first, first.amount),
    paidAt: dateFromUnix(first.created),
  } as const;
  return [
    { kind: "recurring-payment", ...common, ...giftOf(invoice) },
    { kind: "payment-linked", invoiceId: own.invoiceId, paymentIntentId, isPaid: false },
  ];
}

export function isOwnInvoice(invoice: Stripe.Invoice): boolean {
  return ownInvoice(invoice) !== null;
}

export function failedInvoiceFacts(invoice: Stripe.Invoice, reportedAt: Date): Fact[] {
  const own = ownInvoice(invoice);
  if (!own) return [];
  const { invoiceId, subscriptionId, origin } = own;
  const key = `${invoiceId}:${invoice.attempt_count}`;
  const money = stripeMoney(invoice, invoice.amount_due);
  const renewal = isRenewal(invoice) ? { nextAttemptAt: optionalTime(invoice.next_payment_attempt) } : null;
  return [
    {
      kind: "attempt-failed",
      key,
      giftId: origin.giftId,
      subscriptionId,
      money,
      code: null,
      failedAt: reportedAt,
      renewal,
    },
  ];
}

/**
 * Reports a renewal that waits for the supporter's confirmation (3-D Secure) as failed. Ignores a first payment,
 * because Checkout itself asks for that confirmation.
 */
export function actionRequiredInvoiceFacts(invoice: Stripe.Invoice, reportedAt: Date): Fact[] {
  return isRenewal(invoice) && invoice.attempt_count > 0 ? failedInvoiceFacts(invoice, reportedAt) : [];
}

/**
 * Reports the next payment of a recurring gift, unless its amount is zero. Does not use ownInvoice(), which requires an
 * id: an upcoming invoice has none yet.
 */
export function upcomingInvoiceFacts(invoice: Omit<Stripe.Invoice, "id">): Fact[] {
  const details = invoice.parent?.subscription_details;
  const subscriptionId = idOf(details?.subscription);
  const chargesAt = invoice.next_payment_attempt ?? invoice.period_end;
  if (!details || !subscriptionId || !parseGiftMetadataOfThisSite(details.metadata) || invoice.amount_due === 0)
    return [];
  requireReadableObject("upcoming invoice", invoice);
  return [
    {
      kind: "renewal-upcoming",
      subscriptionId,
      money: stripeMoney(invoice, invoice.amount_due),
      chargesAt: dateFromUnix(chargesAt),
    },
  ];
}

function isRenewal({ billing_reason: reason }: Stripe.Invoice): boolean {
  return reason !== "subscription_create" && reason !== "manual";
}

function optionalTime(seconds: number | null | undefined): Date | null {
  return seconds ? dateFromUnix(seconds) : null;
}

export function paidInvoicePaymentFacts(payment: Stripe.InvoicePayment): Fact[] {
  const invoiceId = idOf(payment.invoice);
  const paymentIntentId = idOf(payment.payment.payment_intent);
  if (!invoiceId || !paymentIntentId || payment.status !== "paid") return [];
  return [{ kind: "payment-linked", invoiceId, paymentIntentId, isPaid: true }];
}

function ownInvoice(
  invoice: Stripe.Invoice,
): { invoiceId: string; subscriptionId: string; origin: ParsedGiftMetadata } | null {
  // Before version 2025-03-31 of Stripe's API, the subscription was in another field. An invoice in the old format
  // would look like another product's and be ignored.
  if (invoice.parent === undefined)
    throw new Error(`invoice ${invoice.id} comes from a version of Stripe's API that is too old`);
  const details = invoice.parent?.subscription_details;
  const origin = parseGiftMetadataOfThisSite(details?.metadata);
  if (!details || !origin) return null;
  const subscriptionId = idOf(details.subscription);
  requireReadableObject("invoice", invoice);
  if (!invoice.id || !subscriptionId) throw new Error(`invoice ${invoice.id} has no id or no subscription`);
  return { invoiceId: invoice.id, subscriptionId, origin };
}

type FromInvoice = Pick<RecurringPayment, "frequency" | "customerId" | "email" | "isEmailCurrent">;

function giftOf(invoice: Stripe.Invoice): FromInvoice {
  const { customer } = invoice;
  const isWhole = typeof customer === "object" && customer !== null && !customer.deleted;
  const email = isWhole ? customer.email : invoice.customer_email;
  return { frequency: giftFrequencyOfInvoice(invoice), customerId: idOf(customer), email, isEmailCurrent: isWhole };
}

function stripeMoney({ currency }: { currency: string }, amountMinor: number): Money {
  return { amountMinor, currency: currencyFromStripe(currency) };
}
