// The input and the outcomes of one attempt to pay.
import type Stripe from "stripe";
import type { MandateData } from "../resources/mandates";
import type { Decline } from "../test-cards";

export type Attempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** True if the payer is present to authenticate; renewals are off-session. */
  onSession: boolean;
  /** 3-D Secure is already passed. */
  authenticated?: boolean;
  /** The URL of a challenge, and where it returns the payer; without a returnUrl a script handles it. */
  challengeUrl?: string;
  returnUrl?: string;
  /** A renewal retried by the account's schedule. */
  scheduled?: boolean;
  /** Declines any card. */
  forcedDecline?: Decline | null;
  /** Declines instead of challenging the payer. */
  refusesChallenge?: boolean;
  mandateData?: MandateData;
};

export type AttemptResult =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** A bank debit, which the bank decides days later. */
  | { kind: "processing"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** capture_method=manual: the amount is authorized and waits for a capture. */
  | { kind: "held"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: Decline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };
