// Lets the process do other work between the queries of a long loop. SQLite answers each query at once, so the promises of such a loop
// resolve without a turn of the event loop: every request and timer would wait for the end of the loop.
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long the queries of one turn may take. A single slow query takes longer. */
const LONGEST_MS = 10;

let turnBeganMs: number | null = null;

/** Call before each query. Returns a promise of the next turn if this turn has taken too long, else null. */
export function turnBeforeQuery(): Promise<void> | null {
  const nowMs = performance.now();
  if (turnBeganMs !== null) return nowMs - turnBeganMs > LONGEST_MS ? nextTurn() : null;
  turnBeganMs = nowMs;
  setImmediate(() => {
    turnBeganMs = null;
  });
  return null;
}
