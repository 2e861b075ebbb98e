import "server-only";
import type { FailureReporter } from "../domain/for-each-isolated";
import { refreshExperimentVerdicts } from "../domain/newsroom/experiments/judgement";
import type { Db } from "./database";
import { runtime } from "./runtime";

const CHECK_EVERY_MS = 60_000;

export async function judgeExperimentsIfDue(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: FailureReporter },
): Promise<void> {
  if (now.getTime() < (runtime.verdictsAfterMs ?? 0)) return;
  runtime.verdictsAfterMs = now.getTime() + CHECK_EVERY_MS;
  await refreshExperimentVerdicts(db, { now, onFailure });
}
