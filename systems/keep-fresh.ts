// Refreshes the data of readers' pages when a reader comes and the last look is old. So every instance sees a change within a second, an
// idle site does no work, and no reader waits for a disk or a ledger that does not answer.
import { log, redactError } from "./log";

/** After this time the next reader starts a look, and still gets what is known. So a page that is read often waits for nothing. */
const LOOK_AFTER_MS = 400;
/** After this time the next reader waits for the look. */
const WAIT_AFTER_MS = 800;
/** The longest wait. Then the reader gets what is known. */
const MOST_WAIT_MS = 150;
/** The longest look. A disk or a ledger that hangs is as good as away. */
const MOST_LOOK_MS = 5_000;

/** The most looks that wait for an answer at the same time. Each may hold one of the few threads that read files. */
const MOST_UNANSWERED = 2;

export type Freshness = {
  /** When the last look ended, by a clock that is never set back. */
  lookedAtMs: number;
  /** True if the last look failed or was late. Then nobody waits for the next. */
  isAway: boolean;
  /** True once the failure is in the log. */
  isNoted?: boolean;
  looking?: Promise<void>;
  /** The number of looks that were given up and still run. */
  unanswered?: number;
};

type Look = { look: () => Promise<void>; away: string };

/** `away`: the line for the log when a look fails. Never throws. */
export async function keepFresh(state: Freshness, terms: Look): Promise<void> {
  const age = performance.now() - state.lookedAtMs;
  if (age < LOOK_AFTER_MS || (state.unanswered ?? 0) >= MOST_UNANSWERED) return;
  state.looking ??= lookInTime(state, terms).finally(() => {
    state.looking = undefined;
  });
  if (age < WAIT_AFTER_MS || state.isAway) return;
  const isLate = after(MOST_WAIT_MS, true);
  // After one late answer, later readers do not wait.
  if (await Promise.race([state.looking, isLate])) state.isAway = true;
}

async function lookInTime(state: Freshness, { look, away }: Look): Promise<void> {
  try {
    const looking = look();
    if (!(await endsInTime(looking))) {
      countUntilItEnds(state, looking);
      throw new Error("no answer in time");
    }
    await looking;
    [state.isAway, state.isNoted] = [false, false];
  } catch (error) {
    if (!state.isNoted) log.error({ error: redactError(error) }, away);
    [state.isAway, state.isNoted] = [true, true];
  }
  state.lookedAtMs = performance.now();
}

function endsInTime(looking: Promise<void>): Promise<boolean> {
  const ended = looking.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, after(MOST_LOOK_MS, false)]);
}

function countUntilItEnds(state: Freshness, looking: Promise<void>): void {
  state.unanswered = (state.unanswered ?? 0) + 1;
  const end = () => {
    state.unanswered = (state.unanswered ?? 1) - 1;
  };
  looking.then(end, end);
}

function after<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((done) => {
    setTimeout(() => done(value), ms).unref();
  });
}
