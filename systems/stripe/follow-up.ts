// Asks Stripe what a webhook does not carry: what it kept of a payment, what a refund or a dispute moved. The answer is facts,
// as those of an event are.
import "server-only";
import type Stripe from "stripe";
import type { Fact } from "../../domain/ledger/fact";
import { chargeFacts } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { fromUnix, idOf } from "./facts/ids";
import { debitedInvoice, isOwn, paidInvoice, paidInvoicePayment } from "./facts/invoice";
import { refundFacts } from "./facts/refund";
import { withOwnLine } from "./own-line";

/** `isWhole`: there is nothing more to be asked. */
export type Answer = { facts: Fact[]; isWhole: boolean };

const AN_HOUR_MS = 60 * 60 * 1000;

export type AskedPayment = { paymentIntentId: string | null; invoiceId: string | null; arrivedAt: Date | null };

/**
 * Payment intent → all its charges → balance transactions: a debit that bounced has cost its fee also where a card paid after it.
 * Throws where Stripe cannot be reached.
 */
export async function askAboutPayment(stripe: Stripe, payment: AskedPayment): Promise<Answer> {
  const links = payment.invoiceId ? await linksOf(stripe, payment.invoiceId) : [];
  const linked = links.find((fact) => fact.kind === "payment-linked");
  const paymentIntentId = payment.paymentIntentId ?? linked?.paymentIntentId;
  if (!paymentIntentId) return { facts: links, isWhole: false };
  const charges = await chargesOf(stripe, paymentIntentId);
  const facts = [...links, ...charges.flatMap((charge) => chargeFacts(charge, payment.arrivedAt ?? begunAt(charge)))];
  return { facts, isWhole: charges.length > 0 && tellsAllMoves(facts, charges) };
}

/** A bank debit of which only the payment intent is known → its invoice, which says whose it is → what it has moved. */
export async function askAboutDebit(
  stripe: Stripe,
  { paymentIntentId, now }: { paymentIntentId: string; now: Date },
): Promise<Answer> {
  const invoice = await askForInvoice(stripe, paymentIntentId);
  // Checkout makes the invoice a moment after the debit; what has none within the hour is another product's.
  if (!invoice) {
    const charges = await chargesOf(stripe, paymentIntentId);
    return { facts: [], isWhole: charges.every((charge) => isOlder(charge, now)) };
  }
  const { facts: told, charges } = invoice;
  if (told.length === 0) return { facts: [], isWhole: true };
  const facts = [...told, ...charges.flatMap((charge) => chargeFacts(charge, begunAt(charge)))];
  return { facts, isWhole: tellsAllMoves(facts, charges) };
}

/** Null where the intent has none. No facts where it is not ours, or nothing was tried but cards that were declined. */
export async function askForInvoice(
  stripe: Stripe,
  paymentIntentId: string,
): Promise<{ facts: Fact[]; charges: Stripe.Charge[] } | null> {
  const payment = { type: "payment_intent" as const, payment_intent: paymentIntentId };
  const tied = (await stripe.invoicePayments.list({ payment, limit: 1, expand: ["data.invoice.customer"] })).data[0];
  if (!tied) return null;
  if (typeof tied.invoice === "string" || tied.invoice.deleted || !isOwn(tied.invoice))
    return { facts: [], charges: [] };
  const invoice = await withOwnLine(stripe, tied.invoice);
  const paid = invoice.status === "paid" ? paidInvoice(invoice) : [];
  const charges = await chargesOf(stripe, paymentIntentId);
  const facts = paid.length > 0 ? [...paid, ...paidInvoicePayment(tied)] : debitedInvoice(invoice, charges);
  return { facts, charges };
}

async function chargesOf(stripe: Stripe, payment_intent: string): Promise<Stripe.Charge[]> {
  const expand = ["data.balance_transaction", "data.failure_balance_transaction"];
  return (await stripe.charges.list({ payment_intent, limit: 100, expand })).data;
}

function tellsAllMoves(facts: readonly Fact[], charges: readonly Stripe.Charge[]): boolean {
  const moved = facts.filter(({ kind }) => kind === "balance-moved").length;
  return moved === charges.reduce((sum, charge) => sum + movesOf(charge), 0);
}

function begunAt({ created }: Stripe.Charge): Date {
  return fromUnix(created);
}

function isOlder(charge: Stripe.Charge, now: Date): boolean {
  return begunAt(charge).getTime() < now.getTime() - AN_HOUR_MS;
}

function movesOf({ status, balance_transaction: begun }: Stripe.Charge): number {
  if (status !== "failed") return 1;
  return begun ? 2 : 0;
}

/** A refund that has come to no end is asked about again. */
export async function askAboutRefund(stripe: Stripe, refundId: string): Promise<Answer> {
  const refund = await stripe.refunds.retrieve(refundId, {
    expand: ["balance_transaction", "failure_balance_transaction"],
  });
  const facts = refundFacts(refund);
  const moved = facts.filter(({ kind }) => kind === "balance-moved").length;
  const isWhole = refund.status === "canceled" || moved === (refund.status === "failed" ? 2 : 1);
  return { facts, isWhole: isWhole && refund.status !== "pending" && refund.status !== "requires_action" };
}

/** Stripe tells of every turn of a dispute, and each is asked about. */
export async function askAboutDispute(stripe: Stripe, disputeId: string): Promise<Answer> {
  return { facts: disputeFacts(await stripe.disputes.retrieve(disputeId)), isWhole: true };
}

/**
 * Why the bank refused a renewal: its invoice does not say, the charge that was tried for it does. Of several tries the one just
 * before Stripe told of the failure. A card that must be confirmed by its owner is not charged at all, and its intent says so.
 */
export async function askAboutAttempt(
  stripe: Stripe,
  { key, invoiceId, failedAt }: { key: string; invoiceId: string; failedAt: Date },
): Promise<Answer> {
  const { data: tied } = await stripe.invoicePayments.list({ invoice: invoiceId, limit: 100 });
  const intents = [...new Set(tied.flatMap(({ payment }) => idOf(payment.payment_intent) ?? []))];
  const charges = (await Promise.all(intents.map((intent) => chargesOf(stripe, intent)))).flat();
  const tried = charges
    .filter(({ status, created }) => status === "failed" && fromUnix(created) <= failedAt)
    .toSorted((a, b) => b.created - a.created)[0];
  const code = tried ? tried.failure_code : await codeOfIntents(stripe, intents);
  return { facts: code ? [{ kind: "attempt-explained", key, code }] : [], isWhole: true };
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
  return paid.data.filter(({ payment }) => idOf(payment.payment_intent)).flatMap(paidInvoicePayment);
}
