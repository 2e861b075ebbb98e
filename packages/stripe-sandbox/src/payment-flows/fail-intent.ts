import type Stripe from "stripe";
import type { Account } from "../account";
import { type PaymentMethodDecline, retryAdviceFor } from "../test-cards";

export type FailedPaymentAttempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  decline: PaymentMethodDecline;
  /** The charge's id. Null if the payer failed the 3-D Secure challenge, because then there was no charge. */
  charge: string | null;
};

export function failIntent(
  account: Account,
  { intent, method, decline, charge }: FailedPaymentAttempt,
): Stripe.PaymentIntent {
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: {
      ...errorOfDecline(decline, charge !== null),
      payment_method: method,
      ...(charge ? { charge } : {}),
    },
    latest_charge: charge ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  account.put(failed);
  account.emit("payment_intent.payment_failed", failed);
  return failed;
}

export function errorOfDecline(decline: PaymentMethodDecline, wasCharged: boolean) {
  const { code, declineCode, message } = decline;
  const doc_url = `https://docs.stripe.com/error-codes/${code.replaceAll("_", "-")}`;
  if (!wasCharged) return { type: "invalid_request_error" as const, code, doc_url, message };
  const { advice, networkCode } = retryAdviceFor(decline);
  const codes = { advice_code: advice, decline_code: declineCode, network_decline_code: networkCode };
  return { type: "card_error" as const, code, doc_url, message, ...codes };
}
