import type Stripe from "stripe";
import type { Account } from "../account";
import { apiListOf, idOf } from "../objects";

/** Returns the client secret with which a web page can confirm the invoice's payment. */
export function findConfirmationSecret(account: Account, invoice: string): Stripe.Invoice.ConfirmationSecret | null {
  const payment = account.list("invoice_payment", { where: { invoice }, limit: 1 })[0]?.payment.payment_intent;
  const secret = payment ? account.get("payment_intent", idOf(payment)).client_secret : null;
  return secret ? { client_secret: secret, type: "payment_intent" } : null;
}

/** Returns the payment intent of the invoice. In API versions before 2025-03-31.basil it was a field of the invoice. */
export function findIntentOfInvoice(account: Account, invoice: string): Stripe.PaymentIntent | null {
  const [payment] = account.list("invoice_payment", { where: { invoice }, limit: 1 });
  return payment ? account.find("payment_intent", idOf(payment.payment.payment_intent ?? null) ?? "") : null;
}

export function listInvoicePayments(account: Account, invoice: string): Stripe.ApiList<Stripe.InvoicePayment> {
  const url = `/v1/invoice_payments?invoice=${invoice}`;
  return apiListOf(account.list("invoice_payment", { where: { invoice } }), url);
}
