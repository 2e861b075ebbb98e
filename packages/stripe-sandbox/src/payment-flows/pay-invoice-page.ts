import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { detailsWithOnlyEmailAndName } from "../resources/collected-details";
import { ensurePaymentIntent, findOpenPayment } from "../resources/invoice-steps";
import { attachMethod } from "../resources/payment-methods";
import { attemptPayment, failPaymentAuthentication } from "./attempt-payment";
import { createPayerMethod, type MethodDetails } from "./checkout-payer";
import type { AttemptResult } from "./payment-attempt";
import { bookChargeToBalance } from "./settle-charge";

export function payInvoiceOnPage(
  account: Account,
  invoice: Stripe.Invoice,
  input: { methodDetails: MethodDetails; name: string },
) {
  const email = invoice.customer_email;
  const collected = { ...detailsWithOnlyEmailAndName(email ?? "", input.name), email };
  return pay(account, invoice, {
    method: createPayerMethod(account, input.methodDetails, { collected }),
    authenticated: false,
  });
}

/** Continues the payment after the 3-D Secure challenge. Returns null if the invoice does not wait for one. */
export function answerInvoiceChallenge(
  account: Account,
  invoice: Stripe.Invoice,
  passed: boolean,
): AttemptResult | null {
  const method = findChallengedMethod(account, invoice);
  if (!method) return null;
  if (passed) return pay(account, invoice, { method, authenticated: true });
  return failPaymentAuthentication(account, { intent: ensurePaymentIntent(account, invoice), method, onSession: true });
}

/** Returns the payment method that the 3-D Secure challenge is about; null if there is none. Changes nothing. */
export function findChallengedMethod(account: Account, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const id = idOf(findOpenPayment(account, invoice.id)?.payment.payment_intent ?? null);
  const intent = id ? account.get("payment_intent", id) : null;
  return intent?.status === "requires_action" ? account.get("payment_method", idOf(intent.payment_method)) : null;
}

type Paying = {
  method: Stripe.PaymentMethod;
  authenticated: boolean;
};

function pay(account: Account, invoice: Stripe.Invoice, { method, authenticated }: Paying): AttemptResult {
  const page = `${account.baseUrl}/i/${invoice.id}`;
  const asks = { challengeUrl: `${page}/authenticate`, returnUrl: page };
  const intent = ensurePaymentIntent(account, invoice);
  const result = attemptPayment(account, { intent, method, onSession: true, authenticated, ...asks });
  if (result.kind !== "paid") return result;
  bookChargeToBalance(account, result.charge);
  const customer = idOf(invoice.customer);
  if (customer) attachMethod(account, account.get("payment_method", method.id), customer);
  return result;
}
