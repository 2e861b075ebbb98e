// Describes the ledgers that the benchmarks fill.
export type LedgerToFill = { payments: number; now: Date };

export const DAY_MS = 86_400_000;
export const THREE_YEARS_MS = 3 * 365 * DAY_MS;
/** The number of payments of each supporter. Each recurring gift also has this number of payments. */
export const PAYMENTS_PER_SUPPORTER = 5;
export const BENCH_LEDGER_CURRENCIES = ["USD", "EUR", "GBP"] as const;

/** Returns a time in the format that Prisma stores in SQLite. */
export function formatPrismaTime(at: Date): string {
  return at.toISOString().replace("Z", "+00:00");
}
