import type Stripe from "stripe";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS } from "../testing/test-sandbox";
import { firstItem } from "./first-item";

export function paymentObjectCreators(stripe: Stripe) {
  function paidIntent(payment_method = "pm_card_visa"): Promise<Stripe.PaymentIntent> {
    return stripe.paymentIntents.create({
      amount: 2_000,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method,
    });
  }

  async function charge(): Promise<Stripe.Charge> {
    const { latest_charge: id } = await paidIntent();
    return stripe.charges.retrieve(String(id));
  }

  async function heldIntent(): Promise<Stripe.PaymentIntent> {
    return stripe.paymentIntents.create({
      amount: 2_000,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: "pm_card_visa",
      capture_method: "manual",
    });
  }

  async function sepaIntent(): Promise<Stripe.PaymentIntent> {
    const method = await stripe.paymentMethods.create({
      type: "sepa_debit",
      sepa_debit: { iban: "DE89370400440532013000" },
      billing_details: { name: "Rosa Reader", email: "reader@example.org" },
    });
    return stripe.paymentIntents.create({
      amount: 2_000,
      currency: "eur",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: method.id,
      mandate_data: { customer_acceptance: { type: "offline" } },
    });
  }

  async function dispute(): Promise<Stripe.Dispute> {
    const { id } = await paidIntent("pm_card_createDispute");
    const { data } = await stripe.disputes.list({ payment_intent: id });
    return firstItem(data);
  }

  function evidenceFile(): Promise<Stripe.File> {
    const file = { data: Buffer.from("%PDF-1.4\n"), name: "receipt.pdf", type: "application/pdf" };
    return stripe.files.create({ purpose: "dispute_evidence", file });
  }

  /** Creates a payout. Adds funds first, because the disputes of other calls can have emptied the available balance. */
  async function payout(): Promise<Stripe.Payout> {
    const payment_method = "pm_card_bypassPending";
    await stripe.paymentIntents.create({
      amount: 90_000,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method,
    });
    return stripe.payouts.create({ amount: 300, currency: "usd" });
  }

  const setupIntent = () => stripe.setupIntents.create({ payment_method: "pm_card_visa" });

  return { paidIntent, charge, heldIntent, sepaIntent, dispute, evidenceFile, payout, setupIntent };
}
