import type Stripe from "stripe";
import type { Account } from "../account";
import { chargeParamsOf, createCharge } from "../resources/charges";
import { requestsAuthentication, setupFutureUsageOf } from "../resources/payment-intents";
import type { PaymentMethodDecline, TestCard } from "../test-cards";
import { EXPIRED_CARD_DECLINE, needsAuthentication } from "../test-cards";
import { startDebit } from "./bank-debit";
import { scheduleAuthorizationRelease } from "./capture";
import { failIntent } from "./fail-intent";
import type { AttemptResult, PaymentAttempt } from "./payment-attempt";
import { applyOutcomeToInvoice } from "./update-invoice";

const AUTHENTICATION_REQUIRED: PaymentMethodDecline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

const AUTHENTICATION_FAILED: PaymentMethodDecline = {
  code: "payment_intent_authentication_failure",
  declineCode: "",
  message: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

export function attemptPayment(account: Account, attempt: PaymentAttempt): AttemptResult {
  const result = tryPayment(account, attempt);
  applyOutcomeToInvoice(account, { ...result, scheduled: attempt.scheduled });
  return result;
}

function tryPayment(account: Account, attempt: PaymentAttempt): AttemptResult {
  const instrument = account.internalState<"payment_method">(attempt.method.id);
  if ("iban" in instrument) return startDebit(account, attempt, instrument.iban);
  const { card, isSetUp } = instrument;
  const isRequested = requestsAuthentication(attempt.intent.payment_method_options);
  const mustAsk =
    !attempt.authenticated && needsAuthentication(card, { onSession: attempt.onSession, isSetUp, isRequested });
  if (mustAsk && attempt.onSession && !attempt.refusesChallenge) return challenge(account, attempt);
  const wrong = hasExpired(attempt.method, account.now()) ? EXPIRED_CARD_DECLINE : card.decline;
  const decline = attempt.forcedDecline ?? (mustAsk ? AUTHENTICATION_REQUIRED : wrong);
  return decline ? declineWith(account, attempt, decline) : succeed(account, attempt, card);
}

/** Returns true after the end of the card's expiry month. */
function hasExpired({ card }: Stripe.PaymentMethod, now: number): boolean {
  return card !== undefined && Date.UTC(card.exp_year, card.exp_month) / 1000 <= now;
}

function challenge(account: Account, { intent, method, challengeUrl, returnUrl }: PaymentAttempt): AttemptResult {
  const url = challengeUrl ?? null;
  const next: Stripe.PaymentIntent.NextAction = returnUrl
    ? { type: "redirect_to_url", redirect_to_url: { url, return_url: returnUrl } }
    : { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url } };
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    payment_method: method.id,
    status: "requires_action",
    next_action: next,
  };
  account.put(waiting);
  account.emit("payment_intent.requires_action", waiting);
  return { kind: "challenged", intent: waiting };
}

function succeed(account: Account, attempt: PaymentAttempt, card: TestCard): AttemptResult {
  const { method, intent: before } = attempt;
  const kind = before.capture_method === "manual" ? "held" : "captured";
  const charge = createCharge(account, {
    params: chargeParamsOf(before),
    method,
    decision: { kind },
    authentication: authenticationOf(attempt, card),
  });
  if (setupFutureUsageOf(before, method.type) === "off_session") recordCardAuthenticated(account, method.id);
  const common = { ...before, last_payment_error: null, latest_charge: charge.id, next_action: null };
  const paid = { ...common, payment_method: method.id };
  return kind === "held" ? hold(account, paid, charge) : take(account, paid, charge);
}

/**
 * Returns how the payer was authenticated by 3-D Secure; null if 3-D Secure was not used. Returns "attempted" if the
 * site requested 3-D Secure without success, for example because the card does not support it.
 */
function authenticationOf({ authenticated, intent }: PaymentAttempt, { threeDSecure }: TestCard) {
  if (authenticated) return "challenge";
  if (threeDSecure === "frictionless") return "frictionless";
  return requestsAuthentication(intent.payment_method_options) ? "attempted" : null;
}

function take(account: Account, before: Stripe.PaymentIntent, charge: Stripe.Charge): AttemptResult {
  const intent: Stripe.PaymentIntent = { ...before, amount_received: before.amount, status: "succeeded" };
  account.put(intent);
  account.emit("charge.succeeded", charge);
  account.emit("payment_intent.succeeded", intent);
  return { kind: "paid", intent, charge };
}

function hold(account: Account, before: Stripe.PaymentIntent, charge: Stripe.Charge): AttemptResult {
  const intent: Stripe.PaymentIntent = { ...before, amount_capturable: before.amount, status: "requires_capture" };
  account.put(intent);
  scheduleAuthorizationRelease(account, charge);
  account.emit("charge.succeeded", charge);
  account.emit("payment_intent.amount_capturable_updated", intent);
  return { kind: "held", intent, charge };
}

/**
 * Records that the payer has authenticated with 3-D Secure, if their test card needs this only once. From then on, the
 * card can be charged without the payer.
 */
export function recordCardAuthenticated(account: Account, methodId: string): void {
  const instrument = account.internalState<"payment_method">(methodId);
  if (!("card" in instrument) || instrument.isSetUp || instrument.card.threeDSecure !== "unless-set-up") return;
  account.putWithInternalState<"payment_method">(account.get("payment_method", methodId), {
    ...instrument,
    isSetUp: true,
  });
}

function declineWith(account: Account, attempt: PaymentAttempt, decline: PaymentMethodDecline): AttemptResult {
  const { intent: before, method } = attempt;
  const charge = createCharge(account, {
    params: chargeParamsOf(before),
    method,
    decision: { kind: "declined", decline },
    authentication: attempt.authenticated ? "challenge" : null,
  });
  account.emit("charge.failed", charge);
  const intent = failIntent(account, { intent: before, method, decline, charge: charge.id });
  return { kind: "declined", intent, decline, charge };
}

/** Declines the payment after a failed 3-D Secure challenge. No charge is created. */
export function failPaymentAuthentication(account: Account, { intent: before, method }: PaymentAttempt): AttemptResult {
  const intent = failIntent(account, { intent: before, method, decline: AUTHENTICATION_FAILED, charge: null });
  applyOutcomeToInvoice(account, { kind: "declined", intent });
  return { kind: "declined", intent, decline: AUTHENTICATION_FAILED, charge: null };
}
