// The input and the outcomes of one attempt to pay.
import type Stripe from "stripe";
import type { MandateData } from "../resources/mandates";
import type { Decline } from "../test-cards";

export type PaymentAttempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** True if the payer is present to authenticate; renewals are off-session. */
  onSession: boolean;
  /** True if 3-D Secure has already been passed. */
  authenticated?: boolean;
  /** URL of the page that challenges the payer. */
  challengeUrl?: string;
  /** The URL to which the challenge page returns the payer. Without it, a script on the site handles the challenge. */
  returnUrl?: string;
  /** True for an automatic retry; false for an attempt by a person or through the API. */
  scheduled?: boolean;
  /** Declines the attempt for this reason, whatever the card. */
  forcedDecline?: Decline | null;
  /** True if the attempt is declined instead of challenging the payer. */
  refusesChallenge?: boolean;
  mandateData?: MandateData;
};

export type AttemptResult =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** A bank debit, which the bank decides days later. */
  | { kind: "processing"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** With capture_method=manual, the amount is authorized and waits for a capture. */
  | { kind: "held"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: Decline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };
