// How long Stripe tries: in live mode with growing waits for three days, in a sandbox three more times over some hours. Time
// is compressed: the first wait, with Stripe some minutes, is `baseMs`, and three days are as many times as long.
const FIRST_WAIT_MINUTES = 5;
const THREE_DAYS_IN_FIRST_WAITS = (3 * 24 * 60) / FIRST_WAIT_MINUTES;
const LONGEST_WAIT_MS = 3_600_000;
const SANDBOX_TRIES = 4;

export type BackOff = {
  /** The first retry waits this long, each further one twice as long. */
  baseMs: number;
  /** So many tries in all, or as Stripe does it by mode. */
  tries: number | "as-stripe";
};

export function waitAfter(attempts: number, { baseMs }: BackOff): number {
  return Math.min(baseMs * 2 ** (attempts - 1), LONGEST_WAIT_MS);
}

export function isGivenUp(attempts: number, { tries }: BackOff, livemode: boolean): boolean {
  if (typeof tries === "number") return attempts >= tries;
  // The waits so far and the next one, 1 + 2 + 4 …, counted in first waits.
  return livemode ? 2 ** attempts - 1 > THREE_DAYS_IN_FIRST_WAITS : attempts >= SANDBOX_TRIES;
}
