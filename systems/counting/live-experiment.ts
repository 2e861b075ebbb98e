// The experiment that runs now, asked of the ledger at most once a second.
import "server-only";
import { findLiveExperiment, type LiveExperiment } from "../../domain/appeal/experiments";
import { currentTime } from "../clock";
import { database } from "../database";
import { runtime } from "../runtime";

const FRESH_MS = 1_000;

/** Throws if the ledger is away. */
export function liveExperiment(): Promise<LiveExperiment | null> {
  const { liveExperiment: last } = runtime;
  const atMs = performance.now();
  if (last && atMs - last.atMs < FRESH_MS) return last.found;
  const found = find();
  runtime.liveExperiment = { atMs, found };
  // A failure is not remembered.
  found.catch(() => {
    runtime.liveExperiment = undefined;
  });
  return found;
}

async function find(): Promise<LiveExperiment | null> {
  return findLiveExperiment(await database(), currentTime());
}
