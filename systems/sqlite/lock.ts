// Waiting for another process's lock on the ledger. SQLite's own waiting (busy_timeout) stops the whole process, readers' pages
// included, so it is off: we ask again after a pause instead, and give up soon.
import { setTimeout as delay } from "node:timers/promises";

/** A person still waits this long for an answer; a backup or a checkpoint needs less. */
const LONGEST_WAIT_MS = 3_000;
const PAUSE_MS = { first: 5, longest: 100 };

/**
 * Calls until the ledger is not locked; a call that met the lock has changed nothing. `sinceMs`: when the caller came, so that
 * those who wait in line behind a lock do not wait for it one after the other.
 */
export async function untilUnlocked<Result>(
  call: () => Result | Promise<Result>,
  sinceMs = performance.now(),
): Promise<Result> {
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS.longest)) {
    try {
      return await call();
    } catch (error) {
      if (!isLocked(error) || performance.now() - sinceMs > LONGEST_WAIT_MS) throw error;
    }
    await delay(pauseMs);
  }
}

/** As SQLite says it, or as Prisma's adapter does. */
function isLocked(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { kind?: unknown } };
  return String(code).startsWith("SQLITE_BUSY") || cause?.kind === "SocketTimeout";
}
