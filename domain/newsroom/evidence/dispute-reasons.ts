/**
 * The reasons of disputes that the site knows, as Stripe names them. The reason decides which evidence fields a
 * colleague sees.
 */
const DISPUTE_REASONS = [
  "credit_not_processed",
  "duplicate",
  "fraudulent",
  "general",
  "product_not_received",
  "product_unacceptable",
  "subscription_canceled",
  "unrecognized",
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** Returns Stripe's reason, or null if the site does not know it. */
export function knownDisputeReasonOrNull(stripeReason: string): DisputeReason | null {
  return DISPUTE_REASONS.find((reason) => reason === stripeReason) ?? null;
}

/** Returns Stripe's reason, or `general` if the site does not know it. */
export function disputeReasonOf(stripeReason: string): DisputeReason {
  return knownDisputeReasonOrNull(stripeReason) ?? "general";
}
