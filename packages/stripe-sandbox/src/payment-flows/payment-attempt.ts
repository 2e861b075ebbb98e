import type Stripe from "stripe";
import type { MandateData } from "../resources/mandates";
import type { PaymentMethodDecline } from "../test-cards";

export type PaymentAttempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** True if the payer is present and can authenticate. False in renewals. */
  onSession: boolean;
  authenticated?: boolean;
  challengeUrl?: string;
  /**
   * The page to which the challenge returns the payer: the site's, or the stand-in's Checkout or invoice page. If it is
   * undefined, a script on the site handles the challenge.
   */
  returnUrl?: string;
  /** True for an automatic retry. False if a person or an API call started the attempt. */
  scheduled?: boolean;
  /**
   * Declines the attempt for this reason, with any card. A bank debit is not declined at once: it begins, and bounces
   * later.
   */
  forcedDecline?: PaymentMethodDecline | null;
  /** True if an attempt that needs a 3-D Secure challenge is declined instead. */
  refusesChallenge?: boolean;
  mandateData?: MandateData;
};

export type AttemptResult =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** A bank debit: the bank decides later. */
  | { kind: "processing"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  /** A payment intent with `capture_method: manual`: the amount is authorized, but not yet captured. */
  | { kind: "held"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; decline: PaymentMethodDecline; charge: Stripe.Charge | null }
  | { kind: "challenged"; intent: Stripe.PaymentIntent };
