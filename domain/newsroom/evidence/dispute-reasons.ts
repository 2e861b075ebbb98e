/** The reasons, as Stripe names them, for which the page has its own fields. */
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

/** A reason that this site does not know counts as `general`. */
export function disputeReasonOf(stripes: string): DisputeReason {
  return DISPUTE_REASONS.find((reason) => reason === stripes) ?? "general";
}
