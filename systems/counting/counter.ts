// Counts in memory what readers do with the appeal. Writes the counts to the ledger every few seconds and at shutdown.
// A killed process loses the counts of the last few seconds (docs/decisions/019-experiments.md).
import "server-only";
import type { ReportCounterKey } from "../../domain/appeal/reports";
import { type AppealEventCount, addToEventCounts } from "../../domain/appeal/store";
import type { Db } from "../database";
import { log, redactError } from "../log";
import { runtime } from "../runtime";

const EVERY_MS = 5_000;
/**
 * The maximum number of different counts in memory. Only an unusual day reaches it. At this number,
 * addToPendingCounts() refuses new counts until the next write. Counts that are already in memory can still increase.
 */
const MAX_SUMS = 5_000;
/**
 * The most counts that one transaction writes. On a busy PostgreSQL server, 5,000 counts took longer than the time
 * limit of a transaction.
 */
const BATCH = 250;

/** Adds one to the count of each key. Returns false, and adds nothing, if new keys would exceed MAX_SUMS. */
export function addToPendingCounts(keys: readonly ReportCounterKey[], openLedger: () => Promise<Db>): boolean {
  const sums = sumsInMemory();
  const named = keys.map((key) => [JSON.stringify(key), key] as const);
  if (sums.size + named.length > MAX_SUMS && named.some(([name]) => !sums.has(name))) return false;
  for (const [name, key] of named) sums.set(name, { key, count: (sums.get(name)?.count ?? 0) + 1 });
  runtime.countsTimer ??= setTimeout(() => void writePendingCounts(openLedger), EVERY_MS).unref();
  return true;
}

/**
 * Writes the counts to the ledger. If another write is in progress, first waits for its end. Counts that could not be
 * written stay in memory for the next try.
 */
export function writePendingCounts(openLedger: () => Promise<Db>): Promise<void> {
  const before = runtime.countsWritten ?? Promise.resolve();
  const written = before.then(() => writeOnce(openLedger));
  runtime.countsWritten = written;
  return written;
}

async function writeOnce(openLedger: () => Promise<Db>): Promise<void> {
  clearTimeout(runtime.countsTimer);
  runtime.countsTimer = undefined;
  const sums = sumsInMemory();
  if (sums.size === 0) return;
  runtime.counts = new Map();
  const left = [...sums.values()];
  try {
    const db = await openLedger();
    while (left.length > 0) {
      await db.$transaction((tx) => addToEventCounts(tx, left.slice(0, BATCH)));
      left.splice(0, BATCH);
    }
  } catch (error) {
    log.error(
      { error: redactError(error), sums: left.length },
      "counts of reports could not be written; they stay in memory",
    );
    putBack(left);
    runtime.countsTimer ??= setTimeout(() => void writePendingCounts(openLedger), EVERY_MS).unref();
  }
}

function putBack(counts: readonly AppealEventCount[]): void {
  const sums = sumsInMemory();
  for (const { key, count } of counts) {
    const name = JSON.stringify(key);
    sums.set(name, { key, count: count + (sums.get(name)?.count ?? 0) });
  }
}

function sumsInMemory(): Map<string, AppealEventCount> {
  runtime.counts ??= new Map();
  return runtime.counts;
}
