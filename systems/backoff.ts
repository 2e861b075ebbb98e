// When to try again what another did not answer, or not in full.
const MINUTE_MS = 60_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 6 * 60 * MINUTE_MS;
/** After a minute, ten and sixty-five: Checkout makes a debit's invoice soon, or it is another product's. */
const DEBIT_RETRIES_MS = [1 * MINUTE_MS, 9 * MINUTE_MS, 55 * MINUTE_MS];

/** Doubles from five seconds to six hours. */
export function backoffUntil(now: Date, attempts: number): Date {
  return new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));
}

/** When Stripe is asked again about a follow-up's `key`. */
export function followUpBackoff(key: string, { now, attempts }: { now: Date; attempts: number }): Date {
  if (!key.startsWith("debit:")) return backoffUntil(now, attempts);
  const wait = DEBIT_RETRIES_MS[Math.min(attempts, DEBIT_RETRIES_MS.length - 1)] ?? LONGEST_RETRY_MS;
  return new Date(now.getTime() + wait);
}
