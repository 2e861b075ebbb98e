// Calculates the retry schedule of webhook deliveries. In live mode Stripe retries for three days with growing waits;
// in a sandbox it retries three times within some hours. The stand-in retries sooner: `baseMs` replaces Stripe's first
// wait of some minutes, and the three days become shorter by the same factor.
const FIRST_WAIT_MINUTES = 5;
const THREE_DAYS_IN_FIRST_WAITS = (3 * 24 * 60) / FIRST_WAIT_MINUTES;
const MAX_WAIT_MS = 3_600_000;
const SANDBOX_TRIES = 4;

export type RetryBackOffSettings = {
  /** Milliseconds before the first retry. */
  baseMs: number;
  /** The number of attempts per delivery. With "as-stripe", as many as Stripe makes in test or live mode. */
  tries: number | "as-stripe";
};

export function retryDelayMs(attempts: number, { baseMs }: RetryBackOffSettings): number {
  return Math.min(baseMs * 2 ** (attempts - 1), MAX_WAIT_MS);
}

export function isGivenUp(attempts: number, { tries }: RetryBackOffSettings, livemode: boolean): boolean {
  if (typeof tries === "number") return attempts >= tries;
  // 2 ** attempts - 1 is the sum of the waits so far and the next wait (1 + 2 + 4 …), in units of the first wait.
  return livemode ? 2 ** attempts - 1 > THREE_DAYS_IN_FIRST_WAITS : attempts >= SANDBOX_TRIES;
}
