// The payments of an invoice in the invoice object.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf, listOf } from "../objects";

/** A page can use it to confirm the payment of an open invoice. */
export function confirmationSecret(account: Account, invoice: string): Stripe.Invoice.ConfirmationSecret | null {
  const payment = account.list("invoice_payment", { where: { invoice }, limit: 1 })[0]?.payment.payment_intent;
  const secret = payment ? account.get("payment_intent", idOf(payment)).client_secret : null;
  return secret ? { client_secret: secret, type: "payment_intent" } : null;
}

/** The payment intent, which invoices contained until 2025-03-31.basil. */
export function intentOfInvoice(account: Account, invoice: string): Stripe.PaymentIntent | null {
  const [payment] = account.list("invoice_payment", { where: { invoice }, limit: 1 });
  return payment ? account.find("payment_intent", idOf(payment.payment.payment_intent ?? null) ?? "") : null;
}

export function paymentsOf(account: Account, invoice: string): Stripe.ApiList<Stripe.InvoicePayment> {
  const url = `/v1/invoice_payments?invoice=${invoice}`;
  return listOf(account.list("invoice_payment", { where: { invoice } }), url);
}
