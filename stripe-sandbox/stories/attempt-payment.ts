// One attempt to pay a payment intent with a card, with the events that Stripe makes of it, in Stripe's order.
import type Stripe from "stripe";
import type { Account } from "../account";
import { createCharge } from "../resources/charges";
import type { Decline, TestCard } from "../test-cards";
import { EXPIRED, needsAuthentication } from "../test-cards";
import { invoiceFollows } from "./invoice-follows";

export interface Attempt {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** The giver is there to be asked; renewals are off-session. */
  onSession: boolean;
  /** 3-D Secure has been passed. */
  authenticated?: boolean;
  /** Where a challenge is shown. */
  challengeUrl?: string;
  returnUrl?: string;
  /** A renewal that is tried again by the account's schedule. */
  scheduled?: boolean;
  /** Declined whatever the card. */
  forcedDecline?: Decline | null;
}

export type AttemptResult =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: Decline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };

const AUTHENTICATION_REQUIRED: Decline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

const AUTHENTICATION_FAILED: Decline = {
  code: "payment_intent_authentication_failure",
  declineCode: "",
  message: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

/** Tries it; an invoice that the intent pays for follows. */
export function attemptPayment(account: Account, attempt: Attempt): AttemptResult {
  const result = tryPayment(account, attempt);
  invoiceFollows(account, { ...result, scheduled: attempt.scheduled });
  return result;
}

function tryPayment(account: Account, attempt: Attempt): AttemptResult {
  const { card } = account.aside<"payment_method">(attempt.method.id);
  const challenged = !attempt.authenticated && needsAuthentication(card, attempt.onSession);
  if (challenged && attempt.onSession) return challenge(account, attempt);
  const wrong = hasExpired(attempt.method, account.now()) ? EXPIRED : card.decline;
  const decline = attempt.forcedDecline ?? (challenged ? AUTHENTICATION_REQUIRED : wrong);
  return decline ? declineWith(account, attempt, { ...card, decline }) : succeed(account, attempt, card);
}

/** A card is good to the last moment of its month. */
function hasExpired({ card }: Stripe.PaymentMethod, now: number): boolean {
  return card !== undefined && Date.UTC(card.exp_year, card.exp_month) / 1000 <= now;
}

function challenge(account: Account, { intent, method, challengeUrl, returnUrl }: Attempt): AttemptResult {
  const redirect = { url: challengeUrl ?? null, return_url: returnUrl ?? null };
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    payment_method: method.id,
    status: "requires_action",
    next_action: { type: "redirect_to_url", redirect_to_url: redirect },
  };
  account.put(waiting);
  account.emit("payment_intent.requires_action", waiting);
  return { kind: "challenged", intent: waiting };
}

function succeed(account: Account, attempt: Attempt, card: TestCard): AttemptResult {
  const { method, authenticated = false } = attempt;
  const charge = createCharge(account, { intent: attempt.intent, method, card, authenticated });
  const intent: Stripe.PaymentIntent = {
    ...attempt.intent,
    amount_received: attempt.intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  };
  account.put(intent);
  account.emit("charge.succeeded", charge);
  account.emit("payment_intent.succeeded", intent);
  return { kind: "paid", intent, charge };
}

function declineWith(account: Account, attempt: Attempt, card: TestCard & { decline: Decline }): AttemptResult {
  const { method, authenticated = false } = attempt;
  const { decline } = card;
  const charge = createCharge(account, { intent: attempt.intent, method, card, authenticated });
  account.emit("charge.failed", charge);
  const intent = failIntent(account, attempt, decline, charge.id);
  return { kind: "declined", intent, decline, charge };
}

/** The giver did not pass the challenge: no charge is made. */
export function failAuthentication(account: Account, attempt: Attempt): AttemptResult {
  const intent = failIntent(account, attempt, AUTHENTICATION_FAILED, null);
  invoiceFollows(account, { kind: "declined", intent });
  return { kind: "declined", intent, decline: AUTHENTICATION_FAILED, charge: null };
}

function failIntent(account: Account, { intent, method }: Attempt, decline: Decline, charge: string | null) {
  const { code, declineCode, message } = decline;
  const details = charge ? { charge, decline_code: declineCode, advice_code: "try_again_later" } : {};
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: {
      type: charge ? "card_error" : "invalid_request_error",
      code,
      message,
      payment_method: method,
      ...details,
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
