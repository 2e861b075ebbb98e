// SQLite answers each query at once, so a long loop of queries never returns to the event loop. Without this file, every request
// and timer would wait for the end of the loop.
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long the queries of one turn may take. A single slow query takes longer. */
const LONGEST_MS = 10;

let turnBeganMs: number | null = null;

/** Call before each query. Returns null if this turn has not taken too long yet. */
export function waitForNextTurnIfTooLong(): Promise<void> | null {
  const nowMs = performance.now();
  if (turnBeganMs !== null) return nowMs - turnBeganMs > LONGEST_MS ? nextTurn() : null;
  turnBeganMs = nowMs;
  setImmediate(() => {
    turnBeganMs = null;
  });
  return null;
}
