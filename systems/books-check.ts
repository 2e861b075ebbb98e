import "server-only";
import { runBooksCheck } from "../domain/ledger/check/run";
import type { BooksCheck } from "../generated/sqlite/client";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { buildRecordFactsOptions } from "./ledger-context";
import { BOOKS_CHECK_PHASES, type BooksCheckPhase, readStripePage } from "./stripe/book-objects";
import { stripe } from "./stripe/client";
import { withRetry } from "./stripe/retry";

/**
 * The least age of an object at Stripe that is compared with the ledger. The events about a younger object may not have
 * arrived yet.
 */
const GRACE_MS = 10 * 60 * 1000;

export type BooksCheckOptions = {
  mode: "check" | "repair";
  graceMs?: number;
  now?: Date;
  onPage?: (check: BooksCheck) => void;
};

/**
 * Compares the ledger with Stripe. With mode `repair`, also corrects the ledger. Throws if Stripe is unreachable; the
 * next call continues the same comparison.
 */
export function checkBooks(
  db: Db,
  { mode, graceMs = GRACE_MS, now = currentTime(), onPage }: BooksCheckOptions,
): Promise<BooksCheck> {
  return runBooksCheck(db, {
    phases: BOOKS_CHECK_PHASES,
    readPage: ({ phase, after, until }) =>
      withRetry(() => readStripePage(stripe(), { phase: phase as BooksCheckPhase, after, until })),
    mode,
    graceMs,
    recordOptions: buildRecordFactsOptions(now),
    onPage,
  });
}
