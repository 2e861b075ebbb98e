import "server-only";

const MINUTE_MS = 60_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 6 * 60 * MINUTE_MS;
/**
 * The waits between attempts to find the invoice of a bank debit. The attempts are 1, 10 and 65 minutes after the first
 * one, then every 55 minutes.
 */
const DEBIT_RETRIES_MS = [1 * MINUTE_MS, 9 * MINUTE_MS, 55 * MINUTE_MS];

/** Returns when to try again. The wait doubles with each attempt, from five seconds up to six hours. */
export function backoffUntil(now: Date, attempts: number): Date {
  return new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));
}

/** Returns when to ask Stripe again. `key`: the key of the question in the table FollowUp. */
export function nextFollowUpAttemptAt(key: string, { now, attempts }: { now: Date; attempts: number }): Date {
  if (!key.startsWith("debit:")) return backoffUntil(now, attempts);
  const wait = DEBIT_RETRIES_MS[Math.min(attempts, DEBIT_RETRIES_MS.length - 1)] ?? LONGEST_RETRY_MS;
  return new Date(now.getTime() + wait);
}
