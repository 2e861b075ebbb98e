// Pays an open invoice on its page with any card. Invoice and subscription follow from the payment intent, as for every
// other payment.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { onlyNameAndEmail } from "../resources/collected";
import { intentOf } from "../resources/invoice-steps";
import { attach } from "../resources/payment-methods";
import { attemptPayment, failAuthentication } from "./attempt-payment";
import { type MethodDetails, methodOf } from "./checkout-payer";
import type { AttemptResult } from "./payment-attempt";
import { settleCharge } from "./settle-charge";

export function payInvoiceOnPage(
  account: Account,
  invoice: Stripe.Invoice,
  input: { methodDetails: MethodDetails; name: string },
) {
  const email = invoice.customer_email;
  const collected = { ...onlyNameAndEmail(email ?? "", input.name), email };
  return pay(account, invoice, { method: methodOf(account, input.methodDetails, { collected }), authenticated: false });
}

/** Null if no bank asks for authentication. */
export function answerInvoiceChallenge(
  account: Account,
  invoice: Stripe.Invoice,
  passed: boolean,
): AttemptResult | null {
  const method = awaitedMethodOf(account, invoice);
  if (!method) return null;
  if (passed) return pay(account, invoice, { method, authenticated: true });
  return failAuthentication(account, { intent: intentOf(account, invoice), method, onSession: true });
}

export function awaitedMethodOf(account: Account, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const intent = intentOf(account, invoice);
  return intent.status === "requires_action" ? account.get("payment_method", idOf(intent.payment_method)) : null;
}

type Paying = {
  method: Stripe.PaymentMethod;
  authenticated: boolean;
};

function pay(account: Account, invoice: Stripe.Invoice, { method, authenticated }: Paying): AttemptResult {
  const page = `${account.baseUrl}/i/${invoice.id}`;
  const asks = { challengeUrl: `${page}/authenticate`, returnUrl: page };
  const intent = intentOf(account, invoice);
  const result = attemptPayment(account, { intent, method, onSession: true, authenticated, ...asks });
  if (result.kind !== "paid") return result;
  settleCharge(account, result.charge);
  const customer = idOf(invoice.customer);
  if (customer) attach(account, account.get("payment_method", method.id), customer);
  return result;
}
