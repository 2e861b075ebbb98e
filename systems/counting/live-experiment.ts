import "server-only";
import { findRunningOrFollowingExperiment, type LiveExperiment } from "../../domain/appeal/experiments";
import { getCachedLedgerQueryResult } from "../cached-answer";
import { runtime } from "../runtime";

const KEPT_FOR_MS = 1_000;

/**
 * Returns the experiment whose variants devices see now, from the cache or else from the ledger. Throws if the ledger
 * is unavailable.
 */
export function getCachedLiveExperiment(): Promise<LiveExperiment | null> {
  runtime.liveExperiment ??= {};
  return getCachedLedgerQueryResult(runtime.liveExperiment, {
    forMs: KEPT_FOR_MS,
    ask: findRunningOrFollowingExperiment,
  });
}
