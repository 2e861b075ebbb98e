// The published appeals, as this process last read them. A request refreshes them when they are old (keep-fresh.ts).
import type { GoalProgress } from "../../domain/appeal/goal";
import { findShownAppeal, listPublishedUnendedAppeals, type PublishedAppeal } from "../../domain/appeal/shown-appeal";
import { getAppealChangeNumber } from "../../domain/appeal/store/appeals";
import { currentTime } from "../clock";
import { type Db, database } from "../database";
import { refreshCacheIfOld } from "../keep-fresh";
import { log } from "../log";
import { type PublishedAppealsCache, runtime } from "../runtime";
import { findGoalProgress } from "./goal-progress";

/** How long the progress of a goal is shown before it is calculated again. */
const GOAL_PROGRESS_MS = 30_000;

/** `files`: this process has not read the ledger yet, so readers get the fallback in content/appeals/. */
export type FindLiveAppealResult =
  | { from: "files" }
  | { from: "ledger"; appeal: PublishedAppeal | null; progress: GoalProgress | null };

export async function findLiveAppeal(): Promise<FindLiveAppealResult> {
  await refreshIfOld();
  const { published, goalProgress } = state();
  if (!published) return { from: "files" };
  const appeal = findShownAppeal(published, currentTime());
  const progress = appeal && goalProgress?.key === goalKey(appeal) ? goalProgress.progress : null;
  return { from: "ledger", appeal, progress };
}

/**
 * Returns all published appeals, also scheduled, ended and superseded ones. An empty list until the ledger has been
 * read once.
 */
export async function listCachedPublishedAppeals(): Promise<readonly PublishedAppeal[]> {
  await refreshIfOld();
  return state().published?.appeals ?? [];
}

/**
 * Returns the cache keys of pages that show the appeal. `goalProgress`: the key for pages that also show the goal's
 * progress. It changes with the appeal and with the progress.
 */
export async function getCacheKeysOfAppealPages(): Promise<{ appeal: string; goalProgress: string }> {
  const live = await findLiveAppeal();
  if (live.from === "files") return { appeal: "files", goalProgress: "files" };
  const { appeal, progress } = live;
  if (!appeal) return { appeal: "none", goalProgress: "none" };
  const key = `${appeal.id}/${appeal.version}/${appeal.endsAt?.getTime() ?? ""}`;
  const shown = progress ? `${progress.percent}.${progress.kept.amountMinor}.${progress.asOf.getTime()}` : "";
  return { appeal: key, goalProgress: `${key}/${shown}` };
}

function refreshIfOld(): Promise<void> {
  const live = state();
  return refreshCacheIfOld(live, {
    refresh: () => refresh(live),
    failureMessage: "the ledger does not answer; readers get the appeal that was read last",
  });
}

async function refresh(live: PublishedAppealsCache): Promise<void> {
  const db = await database();
  const change = await getAppealChangeNumber(db);
  if (change !== live.changeNumber || !live.published) {
    live.published = await listPublishedUnendedAppeals(db);
    live.changeNumber = change;
    for (const appeal of live.published.unreadableIds)
      log.error({ appeal }, "a published appeal cannot be read and is not shown");
  }
  await refreshGoalProgress(live, db);
}

async function refreshGoalProgress(live: PublishedAppealsCache, db: Db): Promise<void> {
  const appeal = live.published && findShownAppeal(live.published, currentTime());
  const goal = appeal?.content.goal;
  if (!appeal || !goal) {
    live.goalProgress = undefined;
    return;
  }
  const key = goalKey(appeal);
  if (live.goalProgress?.key === key && performance.now() - live.goalProgress.atMs < GOAL_PROGRESS_MS) return;
  const progress = await findGoalProgress(db, { goal, now: currentTime() });
  live.goalProgress = { key, atMs: performance.now(), progress };
}

function goalKey({ id, content }: PublishedAppeal): string {
  return JSON.stringify([id, content.goal]);
}

function state(): PublishedAppealsCache {
  runtime.liveAppeal ??= {
    published: null,
    changeNumber: null,
    refreshedAtMs: Number.NEGATIVE_INFINITY,
    isUnavailable: false,
  };
  return runtime.liveAppeal;
}
