// Asks Stripe for data that webhooks do not contain, for example the fee of a payment. Translates the answers into the
// same facts as events.
import "server-only";
import type Stripe from "stripe";
import type { Fact } from "../../domain/ledger/fact";
import { chargeFacts } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { dateFromUnix, idOf } from "./facts/ids";
import { isOwnInvoice, paidInvoiceFacts, paidInvoicePaymentFacts, unpaidBankDebitInvoiceFacts } from "./facts/invoice";
import { refundFacts } from "./facts/refund";
import { withMissingPeriodLineFetched } from "./own-line";

/** `isComplete`: true if Stripe need not be asked again. */
export type StripeFollowUpAnswer = { facts: Fact[]; isComplete: boolean };

const HOUR_MS = 60 * 60 * 1000;

export type PaymentToAskStripeAbout = {
  paymentIntentId: string | null;
  invoiceId: string | null;
  arrivedAt: Date | null;
};

/**
 * Returns the facts of all charges of a payment. Failed charges are included, because a bounced bank debit costs a fee.
 * Throws if Stripe is unreachable.
 */
export async function askAboutPayment(stripe: Stripe, payment: PaymentToAskStripeAbout): Promise<StripeFollowUpAnswer> {
  const links = payment.invoiceId ? await linksOf(stripe, payment.invoiceId) : [];
  const linked = links.find((fact) => fact.kind === "payment-linked");
  const paymentIntentId = payment.paymentIntentId ?? linked?.paymentIntentId;
  if (!paymentIntentId) return { facts: links, isComplete: false };
  const charges = await chargesOf(stripe, paymentIntentId);
  const facts = [...links, ...charges.flatMap((charge) => chargeFacts(charge, payment.arrivedAt ?? begunAt(charge)))];
  return { facts, isComplete: charges.length > 0 && haveAllMoves(facts, charges) };
}

/** Returns the facts of a bank debit, if its invoice shows that it belongs to this site. */
export async function askAboutBankDebit(
  stripe: Stripe,
  { paymentIntentId, now }: { paymentIntentId: string; now: Date },
): Promise<StripeFollowUpAnswer> {
  const invoice = await askAboutInvoice(stripe, paymentIntentId);
  // Checkout creates the invoice a moment after the debit. So the site repeats the question to Stripe until the debit
  // is an hour old. If there is still no invoice, the debit belongs to another product.
  if (!invoice) {
    const charges = await chargesOf(stripe, paymentIntentId);
    return { facts: [], isComplete: charges.every((charge) => isOlder(charge, now)) };
  }
  const { facts: invoiceFacts, charges } = invoice;
  if (invoiceFacts.length === 0) return { facts: [], isComplete: true };
  const facts = [...invoiceFacts, ...charges.flatMap((charge) => chargeFacts(charge, begunAt(charge)))];
  return { facts, isComplete: haveAllMoves(facts, charges) };
}

/**
 * Asks Stripe for the invoice of a payment intent, and returns the invoice's facts and charges. Returns null if there
 * is no invoice. `facts` is empty if the invoice does not belong to this site, or if only declined cards were tried.
 */
export async function askAboutInvoice(
  stripe: Stripe,
  paymentIntentId: string,
): Promise<{ facts: Fact[]; charges: Stripe.Charge[] } | null> {
  const payment = { type: "payment_intent" as const, payment_intent: paymentIntentId };
  const expand = ["data.invoice.customer"];
  const invoicePayment = (await stripe.invoicePayments.list({ payment, limit: 1, expand })).data[0];
  if (!invoicePayment) return null;
  if (
    typeof invoicePayment.invoice === "string" ||
    invoicePayment.invoice.deleted ||
    !isOwnInvoice(invoicePayment.invoice)
  )
    return { facts: [], charges: [] };
  const invoice = await withMissingPeriodLineFetched(stripe, invoicePayment.invoice);
  const paid = invoice.status === "paid" ? paidInvoiceFacts(invoice) : [];
  const charges = await chargesOf(stripe, paymentIntentId);
  const facts =
    paid.length > 0
      ? [...paid, ...paidInvoicePaymentFacts(invoicePayment)]
      : unpaidBankDebitInvoiceFacts(invoice, charges);
  return { facts, charges };
}

async function chargesOf(stripe: Stripe, payment_intent: string): Promise<Stripe.Charge[]> {
  const expand = ["data.balance_transaction", "data.failure_balance_transaction"];
  return (await stripe.charges.list({ payment_intent, limit: 100, expand })).data;
}

function haveAllMoves(facts: readonly Fact[], charges: readonly Stripe.Charge[]): boolean {
  const moved = facts.filter(({ kind }) => kind === "balance-moved").length;
  return moved === charges.reduce((sum, charge) => sum + movesOf(charge), 0);
}

function begunAt({ created }: Stripe.Charge): Date {
  return dateFromUnix(created);
}

function isOlder(charge: Stripe.Charge, now: Date): boolean {
  return begunAt(charge).getTime() < now.getTime() - HOUR_MS;
}

function movesOf({ status, balance_transaction: transaction }: Stripe.Charge): number {
  if (status !== "failed") return 1;
  return transaction ? 2 : 0;
}

/**
 * Returns the refund's facts. They are incomplete until the refund has a final status and all its balance transactions
 * exist.
 */
export async function askAboutRefund(stripe: Stripe, refundId: string): Promise<StripeFollowUpAnswer> {
  const refund = await stripe.refunds.retrieve(refundId, {
    expand: ["balance_transaction", "failure_balance_transaction"],
  });
  const facts = refundFacts(refund);
  const moved = facts.filter(({ kind }) => kind === "balance-moved").length;
  const isWhole = refund.status === "canceled" || moved === (refund.status === "failed" ? 2 : 1);
  return { facts, isComplete: isWhole && refund.status !== "pending" && refund.status !== "requires_action" };
}

/**
 * Returns the dispute's facts. `isComplete` is always true, because Stripe sends an event for every later change of the
 * dispute. Each event leads to a new call of this function.
 */
export async function askAboutDispute(stripe: Stripe, disputeId: string): Promise<StripeFollowUpAnswer> {
  return { facts: disputeFacts(await stripe.disputes.retrieve(disputeId)), isComplete: true };
}

/**
 * Asks Stripe why the payment of an invoice failed. Takes the code from the failed charge. If there is no charge,
 * because the card needed confirmation, takes it from the payment intent.
 */
export async function askWhyInvoicePaymentFailed(
  stripe: Stripe,
  { key, invoiceId, failedAt }: { key: string; invoiceId: string; failedAt: Date },
): Promise<StripeFollowUpAnswer> {
  const { data: invoicePayments } = await stripe.invoicePayments.list({ invoice: invoiceId, limit: 100 });
  const intents = [...new Set(invoicePayments.flatMap(({ payment }) => idOf(payment.payment_intent) ?? []))];
  const charges = (await Promise.all(intents.map((intent) => chargesOf(stripe, intent)))).flat();
  const failed = charges
    .filter(({ status, created }) => status === "failed" && dateFromUnix(created) <= failedAt)
    .toSorted((a, b) => b.created - a.created)[0];
  const code = failed ? failed.failure_code : await codeOfIntents(stripe, intents);
  return { facts: code ? [{ kind: "attempt-explained", key, code }] : [], isComplete: true };
}

async function codeOfIntents(stripe: Stripe, intents: readonly string[]): Promise<string | null> {
  for (const intent of intents) {
    const { last_payment_error: error } = await stripe.paymentIntents.retrieve(intent);
    if (error?.code) return error.code;
  }
  return null;
}

async function linksOf(stripe: Stripe, invoice: string): Promise<Fact[]> {
  const paid = await stripe.invoicePayments.list({ invoice, status: "paid", limit: 1 });
  return paid.data.filter(({ payment }) => idOf(payment.payment_intent)).flatMap(paidInvoicePaymentFacts);
}
