import type Stripe from "stripe";
import type { MandateData } from "../resources/mandates";
import type { Decline } from "../test-cards";

export type PaymentAttempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** True if the payer is present and can authenticate. In renewals the payer is not. */
  onSession: boolean;
  /** True if 3-D Secure has already been passed. */
  authenticated?: boolean;
  /** The URL of the 3-D Secure challenge page. */
  challengeUrl?: string;
  /** The URL to which the challenge page returns the payer. Without it, a script on the site handles the challenge. */
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
  /** A bank debit. The bank decides it days later. */
  | { kind: "processing"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** With capture_method=manual, the amount is authorized and waits for a capture. */
  | { kind: "held"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: Decline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };
