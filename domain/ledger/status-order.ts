// Stripe reports a payment, refund, dispute or payout again and again, in any order, until it reaches its end. Statuses are
// ranked; only a higher rank is applied, so a row never goes back.

/** Stripe's statuses by rank, lowest first. Statuses of the same rank exclude each other. */
export type Lifecycle<Status extends string = string> = readonly (readonly Status[])[];

/** True if the row is new or `reported` has the higher rank. */
export function isAhead<Status extends string>(
  lifecycle: Lifecycle<Status>,
  reported: { status: Status },
  before: { status: string } | null,
): boolean {
  const rankOf = (status: string) => lifecycle.findIndex((step) => step.some((each) => each === status));
  return !before || rankOf(reported.status) > rankOf(before.status);
}
