import type Stripe from "stripe";
import type { MandateData } from "../resources/mandates";
import type { Decline } from "../test-cards";

export type PaymentAttempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** In renewals the payer is not present and cannot authenticate. */
  onSession: boolean;
  authenticated?: boolean;
  challengeUrl?: string;
  /** Without it, a script on the site handles the challenge. */
  returnUrl?: string;
  /** True for an automatic retry. False if a person or an API call started the attempt. */
  scheduled?: boolean;
  /** Declines the attempt for this reason, with any card. */
  forcedDecline?: Decline | null;
  /** If a challenge is needed, declines the attempt instead. */
  refusesChallenge?: boolean;
  mandateData?: MandateData;
};

export type AttemptResult =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** The bank decides a debit days later. */
  | { kind: "processing"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** With capture_method=manual, the amount is authorized and waits for a capture. */
  | { kind: "held"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: Decline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };
