// Asks Stripe what a webhook does not carry: what it kept of a payment, what a refund or a dispute moved. The answer is facts,
// as those of an event are.
import type Stripe from "stripe";
import type { Fact } from "../../domain/ledger/fact";
import { chargeFacts } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { fromUnix, idOf } from "./facts/ids";
import { paidInvoicePayment } from "./facts/invoice";
import { refundFacts } from "./facts/refund";

/** `isWhole`: there is nothing more to be asked. */
export type Answer = { facts: Fact[]; isWhole: boolean };

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
  const { data: charges } = await stripe.charges.list({
    payment_intent: paymentIntentId,
    limit: 100,
    expand: ["data.balance_transaction", "data.failure_balance_transaction"],
  });
  const toldAt = (charge: Stripe.Charge) => payment.arrivedAt ?? fromUnix(charge.created);
  const facts = [...links, ...charges.flatMap((charge) => chargeFacts(charge, toldAt(charge)))];
  const moved = facts.filter(({ kind }) => kind === "balance-moved").length;
  const expected = charges.reduce((sum, charge) => sum + movesOf(charge), 0);
  return { facts, isWhole: charges.length > 0 && moved === expected };
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

async function linksOf(stripe: Stripe, invoice: string): Promise<Fact[]> {
  const paid = await stripe.invoicePayments.list({ invoice, status: "paid", limit: 1 });
  return paid.data.filter(({ payment }) => idOf(payment.payment_intent)).flatMap(paidInvoicePayment);
}
