// When deliveries are retried. Stripe: in live mode with growing waits for three days, in a sandbox three times over some
// hours. Time is compressed: the first wait, some minutes at Stripe, is `baseMs`, and three days shrink by the same factor.
const FIRST_WAIT_MINUTES = 5;
const THREE_DAYS_IN_FIRST_WAITS = (3 * 24 * 60) / FIRST_WAIT_MINUTES;
const LONGEST_WAIT_MS = 3_600_000;
const SANDBOX_TRIES = 4;

export type BackOff = {
  /** The first wait; each further one is twice as long. */
  baseMs: number;
  /** Total number of attempts, or Stripe's rule by mode. */
  tries: number | "as-stripe";
};

export function waitAfter(attempts: number, { baseMs }: BackOff): number {
  return Math.min(baseMs * 2 ** (attempts - 1), LONGEST_WAIT_MS);
}

export function isGivenUp(attempts: number, { tries }: BackOff, livemode: boolean): boolean {
  if (typeof tries === "number") return attempts >= tries;
  // The waits so far and the next one, 1 + 2 + 4 …, in units of the first wait.
  return livemode ? 2 ** attempts - 1 > THREE_DAYS_IN_FIRST_WAITS : attempts >= SANDBOX_TRIES;
}
