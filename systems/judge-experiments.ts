// A background job that refreshes the stored results of experiments, for the first page for staff.
import "server-only";
import type { NoteFailure } from "../domain/for-each-isolated";
import { refreshVerdicts } from "../domain/newsroom/experiments/judgement";
import type { Db } from "./database";
import { runtime } from "./runtime";

const CHECK_EVERY_MS = 60_000;

/** Checks once a minute which stored results of experiments are old, and computes those again. */
export async function judgeExperiments(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: NoteFailure },
): Promise<void> {
  if (now.getTime() < (runtime.verdictsAfterMs ?? 0)) return;
  runtime.verdictsAfterMs = now.getTime() + CHECK_EVERY_MS;
  await refreshVerdicts(db, { now, onFailure });
}
