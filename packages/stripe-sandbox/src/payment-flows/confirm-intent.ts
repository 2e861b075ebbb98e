import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { idOf } from "../objects";
import { type ConfirmPaymentIntentParams, withIntentParams } from "../resources/payment-intent-params";
import {
  refuseMethodTypesParam,
  requireReturnUrlForRedirects,
  unexpectedStateError,
} from "../resources/payment-intents";
import { createMethodFromData } from "../resources/payment-method-routes";
import { findOrCreateMethod } from "../resources/payment-methods";
import { attemptPayment } from "./attempt-payment";
import { challengeUrlOf } from "./challenge";
import { errorOfDecline } from "./fail-intent";
import type { AttemptResult } from "./payment-attempt";
import { savePaymentMethodIfIntentAsksForIt } from "./save-method";
import { bookChargeToBalanceAfterAnswer } from "./settle-charge";

const CONFIRMABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

export function confirmIntent(
  account: Account,
  before: Stripe.PaymentIntent,
  input: ConfirmPaymentIntentParams,
): Stripe.PaymentIntent {
  if (!CONFIRMABLE.includes(before.status)) throw unexpectedStateError(before, cannotConfirm(before.status));
  refuseMethodTypesParam(account, input.payment_method_types);
  const intent = withIntentParams(account, before, input);
  requireReturnUrlForRedirects(intent, input);
  const method = methodToUse(account, intent, input);
  checkMethod(intent, method);
  const isOffSession = input.off_session !== undefined && input.off_session !== null && input.off_session !== "false";
  const result = attemptPayment(account, {
    intent,
    method,
    onSession: !isOffSession,
    challengeUrl: challengeUrlOf(account, intent),
    returnUrl: input.return_url ?? undefined,
    refusesChallenge: input.error_on_requires_action ?? false,
    mandateData: input.mandate_data,
  });
  return concludeConfirmation(account, result, method);
}

function cannotConfirm(status: string): string {
  return status === "succeeded"
    ? "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed."
    : `You cannot confirm this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`;
}

function methodToUse(
  account: Account,
  intent: Stripe.PaymentIntent,
  input: ConfirmPaymentIntentParams,
): Stripe.PaymentMethod {
  if (input.payment_method_data) return createMethodFromData(account, input.payment_method_data, "payment_method_data");
  const id = input.payment_method ?? idOf(intent.payment_method);
  if (id) return findOrCreateMethod(account, id, "payment_method");
  throw unexpectedStateError(
    intent,
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  );
}

function checkMethod(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  const param = "payment_method";
  const owner = idOf(method.customer);
  if (owner && owner !== idOf(intent.customer))
    throw invalidRequest(
      `The provided PaymentMethod belongs to the customer ${owner}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
      { param },
    );
  if (!intent.payment_method_types.includes(method.type))
    throw invalidRequest(
      `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(", ")}.`,
      { code: "payment_intent_incompatible_payment_method", param },
    );
  if (method.type === "card" && intent.statement_descriptor)
    throw invalidRequest(
      "The `statement_descriptor` parameter is not supported for card payments. Use `statement_descriptor_suffix` instead.",
      { param: "statement_descriptor" },
    );
}

function concludeConfirmation(account: Account, result: AttemptResult, method: Stripe.PaymentMethod) {
  savePaymentMethodIfIntentAsksForIt(account, result, method);
  if (result.kind === "paid") bookChargeToBalanceAfterAnswer(account, result.charge);
  if (result.kind === "declined") throw declinedError(result, method);
  return result.intent;
}

/**
 * Returns the error of a declined payment. Although the call fails with this error, the failed charge and the reason of
 * the decline are stored.
 */
function declinedError(
  { intent, decline, charge }: AttemptResult & { kind: "declined" },
  method: Stripe.PaymentMethod,
) {
  const { type: _, code, message, doc_url: __, ...codes } = errorOfDecline(decline, charge !== null);
  const more = { ...codes, charge: charge?.id, payment_intent: intent, payment_method: method };
  return new SimulatedStripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}
