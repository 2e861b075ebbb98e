// Stripe can report the statuses of a payment, refund, dispute or payout in any order. Statuses are ranked, and only a
// higher rank is applied, so a row never returns to an earlier status.

/**
 * Stripe's statuses in the order in which an object passes through them. Statuses in the same inner list have the same
 * rank.
 */
export type StatusesByRank<Status extends string = string> = readonly (readonly Status[])[];

export function isLaterStatus<Status extends string>(
  lifecycle: StatusesByRank<Status>,
  reported: { status: Status },
  before: { status: string } | null,
): boolean {
  const rankOf = (status: string) => lifecycle.findIndex((step) => step.some((each) => each === status));
  return !before || rankOf(reported.status) > rankOf(before.status);
}
