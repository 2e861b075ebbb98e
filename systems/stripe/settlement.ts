// Asks Stripe what it kept of a payment: payment intent → latest charge → balance transaction.
import type Stripe from "stripe";
import type { Settlement } from "../../domain/ledger/settlements";

/** Null while Stripe has not settled the charge yet. Throws where Stripe cannot be reached. */
export async function findSettlement(
  stripe: Stripe,
  payment: { paymentIntentId: string | null; invoiceId: string | null },
): Promise<Settlement | null> {
  const paymentIntentId = payment.paymentIntentId ?? (await findPaymentIntentOf(stripe, payment.invoiceId));
  if (!paymentIntentId) return null;
  const intent = await stripe.paymentIntents.retrieve(paymentIntentId, {
    expand: ["latest_charge.balance_transaction"],
  });
  const charge = intent.latest_charge;
  if (!charge || typeof charge === "string") return null;
  const entry = charge.balance_transaction;
  if (!entry || typeof entry === "string") return null;
  return {
    paymentIntentId,
    chargeId: charge.id,
    balanceTransactionId: entry.id,
    settledCurrency: entry.currency.toUpperCase(),
    grossSettledMinor: entry.amount,
    feeMinor: entry.fee,
    netMinor: entry.net,
    paidAt: new Date(charge.created * 1000),
  };
}

async function findPaymentIntentOf(stripe: Stripe, invoiceId: string | null): Promise<string | null> {
  if (!invoiceId) return null;
  const paid = await stripe.invoicePayments.list({ invoice: invoiceId, status: "paid", limit: 1 });
  const intent = paid.data[0]?.payment.payment_intent;
  return typeof intent === "string" ? intent : (intent?.id ?? null);
}
