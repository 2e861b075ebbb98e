// The check of the books, put together: Stripe's lists on one side, this ledger on the other. Run by command and once a day.

import { runBooksCheck } from "../domain/ledger/check/run";
import type { BooksCheck } from "../generated/sqlite/client";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { recordingTerms } from "./recording";
import { PHASES, type Phase, readPage } from "./stripe/book-objects";
import { stripe } from "./stripe/client";
import { patiently } from "./stripe/rate-limit";

/** What Stripe made in the last minutes may still be on its way here. */
const GRACE_MS = 10 * 60 * 1000;

export type BooksCheckOptions = {
  mode: "check" | "repair";
  graceMs?: number;
  now?: Date;
  onPage?: (check: BooksCheck) => void;
};

/** Throws where Stripe cannot be reached; what was compared by then is kept, and the next call goes on from there. */
export function checkBooks(
  db: Db,
  { mode, graceMs = GRACE_MS, now = currentTime(), onPage }: BooksCheckOptions,
): Promise<BooksCheck> {
  return runBooksCheck(db, {
    phases: PHASES,
    readPage: ({ phase, after, until }) => patiently(() => readPage(stripe(), { phase: phase as Phase, after, until })),
    mode,
    graceMs,
    record: recordingTerms(now),
    onPage,
  });
}
