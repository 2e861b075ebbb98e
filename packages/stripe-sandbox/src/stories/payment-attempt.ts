// One attempt to pay, and its outcomes.
import type Stripe from "stripe";
import type { MandateData } from "../resources/mandates";
import type { Decline } from "../test-cards";

export type Attempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** The giver is there to be asked; renewals are off-session. */
  onSession: boolean;
  /** 3-D Secure has been passed. */
  authenticated?: boolean;
  /** Where a challenge is shown, and where it sends the giver; without the latter, a script must handle it. */
  challengeUrl?: string;
  returnUrl?: string;
  /** A renewal that is tried again by the account's schedule. */
  scheduled?: boolean;
  /** Declined whatever the card. */
  forcedDecline?: Decline | null;
  /** Rather than asking, decline. */
  refusesChallenge?: boolean;
  mandateData?: MandateData;
};

export type AttemptResult =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** A bank debit: the bank decides days later. */
  | { kind: "processing"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** capture_method=manual: the money is held, and waits to be captured. */
  | { kind: "held"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: Decline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };
