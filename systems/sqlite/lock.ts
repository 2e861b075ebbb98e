// Waits for SQLite's lock. SQLite's own busy_timeout would block the whole process, including readers' pages, so it is
// off. Instead, this module retries after a pause, and soon gives up.
import { setTimeout as delay } from "node:timers/promises";

/** How long a caller waits for the lock. A person would not wait longer for a response. */
const MAX_WAIT_MS = 3_000;
const PAUSE_MS = { first: 5, longest: 100 };

/**
 * Repeats `call` until the database is not locked; throws after MAX_WAIT_MS. `sinceMs`: when the caller began to wait.
 * If the caller has already waited for something else, such as a mutex, that time counts, too.
 */
export async function retryUntilUnlocked<Result>(
  call: () => Result | Promise<Result>,
  sinceMs = performance.now(),
): Promise<Result> {
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS.longest)) {
    try {
      return await call();
    } catch (error) {
      if (!isLocked(error) || performance.now() - sinceMs > MAX_WAIT_MS) throw error;
    }
    await delay(pauseMs);
  }
}

/**
 * Returns true if the error means that the database is locked. It can be SQLite's own error, or the adapter's error
 * that wraps it.
 */
function isLocked(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { kind?: unknown } };
  return String(code).startsWith("SQLITE_BUSY") || cause?.kind === "SocketTimeout";
}
