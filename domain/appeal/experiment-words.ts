// While devices see an experiment's variants, the words of these variants must not change. Otherwise the site would
// count gifts of readers who saw the old words together with gifts of readers who saw the new ones.
import type { Tx } from "../database";
import type { AppealContent } from "./appeal-content";
import { EXPERIMENT_GIFT_WINDOW_DAYS, epochDayOf, experimentPhaseOf } from "./experiment";
import { experimentOf } from "./experiments";
import { listStartedExperimentRows } from "./store";

export async function wouldChangeArmWords(
  tx: Tx,
  { appealId, now, from, to }: { appealId: string; now: Date; from: AppealContent; to: AppealContent },
): Promise<boolean> {
  const rows = await listStartedExperimentRows(tx, epochDayOf(now) - EXPERIMENT_GIFT_WINDOW_DAYS);
  const running = rows.map(experimentOf).filter((each) => each.appeal === appealId && isRunning(each, now));
  const arms = running.flatMap((each) => each.arms.map(({ arm }) => arm));
  return arms.some((arm) => wordsOf(from, arm) !== wordsOf(to, arm));
}

function isRunning(experiment: ReturnType<typeof experimentOf>, now: Date): boolean {
  const phase = experimentPhaseOf(experiment, now);
  return phase === "running" || phase === "following";
}

function wordsOf({ variants }: AppealContent, arm: string): string {
  return JSON.stringify(variants.find(({ id }) => id === arm)?.words ?? null);
}
