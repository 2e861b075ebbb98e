// Lets other work run between queries. SQLite answers each query at once, so a long loop of queries would never return
// to the event loop, and every request and timer would wait for its end.
import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * After queries have taken this long in one turn of the event loop, the next query waits for the next turn. A single
 * slow query is not interrupted.
 */
const LONGEST_MS = 10;

let turnBeganMs: number | null = null;

/**
 * Returns a promise that resolves in the next turn of the event loop, if the queries of this turn took too long.
 * Otherwise returns null. Call it before each query.
 */
export function yieldIfQueriesTookTooLong(): Promise<void> | null {
  const nowMs = performance.now();
  if (turnBeganMs !== null) return nowMs - turnBeganMs > LONGEST_MS ? nextTurn() : null;
  turnBeganMs = nowMs;
  setImmediate(() => {
    turnBeganMs = null;
  });
  return null;
}
