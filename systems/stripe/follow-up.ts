// Asks Stripe what a webhook does not carry: what it kept of a payment, what a refund or a dispute moved. The answer is facts,
// as those of an event are.
import type Stripe from "stripe";
import type { Fact } from "../../domain/ledger/fact";
import { chargeFacts } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { idOf } from "./facts/ids";
import { paidInvoicePayment } from "./facts/invoice";
import { refundFacts } from "./facts/refund";

/** `isWhole`: there is nothing more to be asked. */
export type Answer = { facts: Fact[]; isWhole: boolean };

export type AskedPayment = { paymentIntentId: string | null; invoiceId: string | null; arrivedAt: Date | null };

/** Payment intent → latest charge → balance transaction. Throws where Stripe cannot be reached. */
export async function askAboutPayment(stripe: Stripe, payment: AskedPayment): Promise<Answer> {
  const links = payment.invoiceId ? await linksOf(stripe, payment.invoiceId) : [];
  const linked = links.find((fact) => fact.kind === "payment-linked");
  const paymentIntentId = payment.paymentIntentId ?? linked?.paymentIntentId;
  if (!paymentIntentId) return { facts: links, isWhole: false };
  const intent = await stripe.paymentIntents.retrieve(paymentIntentId, {
    expand: ["latest_charge.balance_transaction", "latest_charge.failure_balance_transaction"],
  });
  const charge = intent.latest_charge;
  if (!charge || typeof charge === "string") return { facts: links, isWhole: false };
  const named = links.map((fact) => (fact.kind === "payment-linked" ? { ...fact, chargeId: charge.id } : fact));
  const facts = [...named, ...chargeFacts(charge, payment.arrivedAt ?? new Date(charge.created * 1000))];
  const moved = facts.filter(({ kind }) => kind === "balance-moved").length;
  const expected = charge.status !== "failed" ? 1 : charge.balance_transaction ? 2 : 0;
  return { facts, isWhole: moved === expected };
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
