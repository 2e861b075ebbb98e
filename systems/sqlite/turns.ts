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
 * Call this before each query. If the queries in this turn of the event loop have taken too long, returns a promise
 * that resolves in the next turn. Otherwise returns null.
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
