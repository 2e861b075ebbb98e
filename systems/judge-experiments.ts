// The job that refreshes the stored verdicts of experiments, for the newsroom's first page.
import "server-only";
import type { NoteFailure } from "../domain/for-each-isolated";
import { refreshVerdicts } from "../domain/newsroom/experiments/judgement";
import type { Db } from "./database";
import { runtime } from "./runtime";

const CHECK_EVERY_MS = 60_000;

/** Checks once a minute which verdicts are old. */
export async function judgeExperiments(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: NoteFailure },
): Promise<void> {
  if (now.getTime() < (runtime.verdictsAfterMs ?? 0)) return;
  runtime.verdictsAfterMs = now.getTime() + CHECK_EVERY_MS;
  await refreshVerdicts(db, { now, onFailure });
}
