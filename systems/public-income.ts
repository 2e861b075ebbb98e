// The published statement of income, cached for a minute: everyone may open it, and all its figures are of months that have ended.
import { getPublicIncome, type PublicIncome } from "../domain/newsroom/public-income";
import { publication } from "../publication";
import { currentTime } from "./clock";
import { type Db, database } from "./database";
import { runtime } from "./runtime";

const KEPT_FOR_MS = 60_000;

/** Requests that come at once share one reading of the ledger. A reading that fails is not kept. */
export async function findPublicIncome(): Promise<PublicIncome> {
  const db = await database();
  const now = currentTime();
  const kept = runtime.publicIncome;
  if (kept && kept.db === db && Math.abs(now.getTime() - kept.atMs) < KEPT_FOR_MS) return kept.found;
  const found = getPublicIncome(db, { publication, now });
  const fresh: KeptIncome = { db, atMs: now.getTime(), found };
  runtime.publicIncome = fresh;
  found.catch(() => {
    if (runtime.publicIncome === fresh) runtime.publicIncome = undefined;
  });
  return found;
}

export type KeptIncome = { db: Db; atMs: number; found: Promise<PublicIncome> };
