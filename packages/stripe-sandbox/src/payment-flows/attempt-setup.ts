import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { findOrCreateMandate, type MandateData } from "../resources/mandates";
import { requestsAuthentication } from "../resources/payment-intents";
import { attachMethod } from "../resources/payment-methods";
import { createSetupAttempt } from "../resources/setup-attempts";
import type { PaymentMethodDecline, TestCard } from "../test-cards";
import { recordCardAuthenticated } from "./attempt-payment";
import { errorOfDecline } from "./fail-intent";

export type SetupAttemptInput = {
  intent: Stripe.SetupIntent;
  method: Stripe.PaymentMethod;
  authenticated?: boolean;
  challengeUrl?: string;
  returnUrl?: string;
  mandateData?: MandateData;
};

export type SetupResult =
  | { kind: "set_up"; intent: Stripe.SetupIntent }
  | { kind: "declined"; intent: Stripe.SetupIntent; decline: PaymentMethodDecline }
  | { kind: "challenged"; intent: Stripe.SetupIntent };

export const SETUP_AUTHENTICATION_FAILED: PaymentMethodDecline = {
  code: "setup_intent_authentication_failure",
  declineCode: "",
  message:
    "The latest attempt to set up the payment method has failed because authentication failed. Please choose a different payment method and try again.",
};

export function attemptSetup(account: Account, attempt: SetupAttemptInput): SetupResult {
  const instrument = account.internalState<"payment_method">(attempt.method.id);
  if ("iban" in instrument) return setUp(account, attempt);
  const { card } = instrument;
  if (mustAsk(card, attempt.intent) && !attempt.authenticated) return challenge(account, attempt);
  return card.decline && !card.canBeSaved ? declineSetup(account, attempt, card.decline) : setUp(account, attempt);
}

export function failSetupAuthentication(account: Account, attempt: SetupAttemptInput): SetupResult {
  return declineSetup(account, attempt, SETUP_AUTHENTICATION_FAILED);
}

function mustAsk({ threeDSecure }: TestCard, { payment_method_options: options }: Stripe.SetupIntent): boolean {
  if (threeDSecure === "optional") return requestsAuthentication(options);
  return threeDSecure === "required" || threeDSecure === "unless-set-up";
}

function challenge(account: Account, attempt: SetupAttemptInput): SetupResult {
  const { returnUrl: return_url, challengeUrl: url = null } = attempt;
  const next: Stripe.SetupIntent.NextAction = return_url
    ? { type: "redirect_to_url", redirect_to_url: { url, return_url } }
    : { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } };
  const intent: Stripe.SetupIntent = {
    ...attempt.intent,
    latest_attempt: createSetupAttempt(account, attempt, { status: "requires_action" }).id,
    next_action: next,
    payment_method: attempt.method.id,
    status: "requires_action",
  };
  account.put(intent);
  account.emit("setup_intent.requires_action", intent);
  return { kind: "challenged", intent };
}

function setUp(account: Account, attempt: SetupAttemptInput): SetupResult {
  const { intent: before, method } = attempt;
  const customer = idOf(before.customer);
  if (customer && !method.customer) attachMethod(account, method, customer);
  if (before.usage === "off_session") recordCardAuthenticated(account, method.id);
  const isDebit = method.type === "sepa_debit";
  const intent: Stripe.SetupIntent = {
    ...before,
    last_setup_error: null,
    latest_attempt: createSetupAttempt(account, attempt, { status: "succeeded" }).id,
    mandate: isDebit ? findOrCreateMandate(account, method, attempt.mandateData).id : null,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  };
  account.put(intent);
  account.emit("setup_intent.succeeded", intent);
  return { kind: "set_up", intent };
}

function declineSetup(account: Account, attempt: SetupAttemptInput, decline: PaymentMethodDecline): SetupResult {
  const { intent: before, method } = attempt;
  const error = { ...errorOfDecline(decline, decline !== SETUP_AUTHENTICATION_FAILED), payment_method: method };
  const intent: Stripe.SetupIntent = {
    ...before,
    last_setup_error: error,
    latest_attempt: createSetupAttempt(account, attempt, { status: "failed", error }).id,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  account.put(intent);
  account.emit("setup_intent.setup_failed", intent);
  return { kind: "declined", intent, decline };
}
