// Keeps data in memory that was read from a disk or the ledger, and refreshes it. Only a reader's request starts a
// refresh, so an idle site does no work. A reader waits only briefly for a disk or a ledger that does not respond.
import { log, redactError } from "./log";

/** If the last refresh is older than this, the next reader starts a refresh, but still gets the known data. */
const REFRESH_AFTER_MS = 400;
/**
 * If the last refresh is older than this, the next reader waits for a new refresh. But nobody waits if the last refresh
 * failed or took too long.
 */
const WAIT_AFTER_MS = 800;
/** The longest time that a reader waits for a refresh. Then they get the data that was read last. */
const MAX_WAIT_MS = 150;
/** The longest duration of a refresh. If the source takes longer, it counts as unavailable. */
const MAX_REFRESH_MS = 5_000;

/**
 * While this many timed-out refreshes still run, no new refresh starts. Each of them can block one of the few threads
 * that read files.
 */
const MAX_UNANSWERED = 2;

export type RefreshState = {
  /** When the last refresh ended or timed out, by performance.now(), which is never set back. */
  refreshedAtMs: number;
  /** True if the last refresh failed or was late. While it is true, no reader waits for a refresh. */
  isUnavailable: boolean;
  isLogged?: boolean;
  refreshing?: Promise<void>;
  overdueRefreshes?: number;
};

type Source = { refresh: () => Promise<void>; failureMessage: string };

/**
 * Starts a refresh if the data is old, unless MAX_UNANSWERED timed-out refreshes still run. Waits at most MAX_WAIT_MS
 * for the refresh to end. Does not wait if the data is younger than WAIT_AFTER_MS, or if the last refresh failed or was
 * late. Never throws. `failureMessage`: the log text for a failed refresh.
 */
export async function refreshCacheIfOld(state: RefreshState, source: Source): Promise<void> {
  const age = performance.now() - state.refreshedAtMs;
  if (age < REFRESH_AFTER_MS || (state.overdueRefreshes ?? 0) >= MAX_UNANSWERED) return;
  state.refreshing ??= refreshInTime(state, source).finally(() => {
    state.refreshing = undefined;
  });
  if (age < WAIT_AFTER_MS || state.isUnavailable) return;
  const isLate = after(MAX_WAIT_MS, true);
  // If this refresh takes longer than MAX_WAIT_MS, later readers do not wait for a refresh. They wait again once a
  // refresh has succeeded.
  if (await Promise.race([state.refreshing, isLate])) state.isUnavailable = true;
}

async function refreshInTime(state: RefreshState, { refresh, failureMessage }: Source): Promise<void> {
  try {
    const refreshing = refresh();
    if (!(await endsInTime(refreshing))) {
      countUntilItEnds(state, refreshing);
      throw new Error("no answer in time");
    }
    await refreshing;
    [state.isUnavailable, state.isLogged] = [false, false];
  } catch (error) {
    if (!state.isLogged) log.error({ error: redactError(error) }, failureMessage);
    [state.isUnavailable, state.isLogged] = [true, true];
  }
  state.refreshedAtMs = performance.now();
}

function endsInTime(refreshing: Promise<void>): Promise<boolean> {
  const ended = refreshing.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, after(MAX_REFRESH_MS, false)]);
}

function countUntilItEnds(state: RefreshState, refreshing: Promise<void>): void {
  state.overdueRefreshes = (state.overdueRefreshes ?? 0) + 1;
  const end = () => {
    state.overdueRefreshes = (state.overdueRefreshes ?? 1) - 1;
  };
  refreshing.then(end, end);
}

function after<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((done) => {
    setTimeout(() => done(value), ms).unref();
  });
}
