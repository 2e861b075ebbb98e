// The size of the filled ledgers, which the benchmarks compare.
export type LedgerSize = { payments: number; now: Date };

export const DAY_MS = 86_400_000;
export const THREE_YEARS_MS = 3 * 365 * DAY_MS;
/** Payments per supporter and per recurring gift. */
export const PAYMENTS_PER_SUPPORTER = 5;
export const CURRENCIES = ["USD", "EUR", "GBP"] as const;

/** As Prisma writes a time in SQLite. */
export function formatPrismaTime(at: Date): string {
  return at.toISOString().replace("Z", "+00:00");
}
