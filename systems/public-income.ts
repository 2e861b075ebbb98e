import { getPublicIncome, type PublicIncome } from "../domain/newsroom/public-income";
import { publication } from "../publication";
import { getCachedLedgerQueryResult } from "./cached-answer";
import { runtime } from "./runtime";

const CACHED_FOR_MS = 60_000;

export function getCachedPublicIncome(): Promise<PublicIncome> {
  runtime.publicIncome ??= {};
  return getCachedLedgerQueryResult(runtime.publicIncome, {
    forMs: CACHED_FOR_MS,
    ask: (db, now) => getPublicIncome(db, { publication, now }),
  });
}
