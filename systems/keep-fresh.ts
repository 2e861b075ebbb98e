// Refreshes the data of readers' pages when a reader comes and the last look is old. So every instance sees a change within a second, an
// idle site does no work, and no reader waits for a disk or a ledger that does not answer.
import { setTimeout as delay } from "node:timers/promises";
import { log, redactError } from "./log";

/** After this time the next reader starts a look, and still gets what is known. So a page that is read often waits for nothing. */
const LOOK_AFTER_MS = 400;
/** After this time the next reader waits for the look. */
const WAIT_AFTER_MS = 800;
/** The longest wait. Then the reader gets what is known. */
const MOST_WAIT_MS = 150;
/** The longest look. A disk or a ledger that hangs is as good as away. */
const MOST_LOOK_MS = 5_000;

export type Freshness = {
  /** When the last look ended, by the clock that only goes forward. */
  lookedAtMs: number;
  /** True if the last look failed. Then nobody waits for the next. */
  isAway: boolean;
  looking?: Promise<void>;
};

/** `away`: the line for the log when a look fails. Never throws. */
export async function keepFresh(
  state: Freshness,
  { look, away }: { look: () => Promise<void>; away: string },
): Promise<void> {
  const age = performance.now() - state.lookedAtMs;
  if (age < LOOK_AFTER_MS) return;
  state.looking ??= lookInTime(state, { look, away }).finally(() => {
    state.looking = undefined;
  });
  if (age < WAIT_AFTER_MS || state.isAway) return;
  const isLate = delay(MOST_WAIT_MS, true, { ref: false });
  // After one late answer, later readers do not wait.
  if (await Promise.race([state.looking, isLate])) state.isAway = true;
}

async function lookInTime(
  state: Freshness,
  { look, away }: { look: () => Promise<void>; away: string },
): Promise<void> {
  try {
    const tooLong = delay(MOST_LOOK_MS, undefined, { ref: false }).then(() => {
      throw new Error("no answer in time");
    });
    await Promise.race([look(), tooLong]);
    state.isAway = false;
  } catch (error) {
    if (!state.isAway) log.error({ error: redactError(error) }, away);
    state.isAway = true;
  }
  state.lookedAtMs = performance.now();
}
