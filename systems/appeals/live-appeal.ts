// The published appeals, as this process last read them. A request refreshes them when they are old (keep-fresh.ts).
import type { GoalProgress } from "../../domain/appeal/goal";
import {
  findShownAppeal,
  listPublishedAppeals,
  type PublishedAppeal,
  type PublishedAppeals,
} from "../../domain/appeal/shown-appeal";
import { findAppealChangeNumber } from "../../domain/appeal/store/appeals";
import { currentTime } from "../clock";
import { type Db, database } from "../database";
import { keepFresh, type RefreshState } from "../keep-fresh";
import { log } from "../log";
import { runtime } from "../runtime";
import { findGoalProgress } from "./goal-progress";

/** How long the computed progress of a goal is shown before it is computed again. */
const TICKER_MS = 30_000;

/** `published`: the published appeals; null until the ledger has been read once. `ticker`: the progress of the goal. */
export type LiveAppealCache = RefreshState & {
  published: PublishedAppeals | null;
  changeNumber: number | null;
  ticker?: { key: string; atMs: number; progress: GoalProgress | null };
};

/** `files`: the ledger has not been read since the start, so readers get the fallback in content/appeals/. */
export type LiveAppeal =
  | { from: "files" }
  | { from: "ledger"; appeal: PublishedAppeal | null; progress: GoalProgress | null };

export async function findLiveAppeal(): Promise<LiveAppeal> {
  await keepShelfFresh();
  const { published, ticker } = state();
  if (!published) return { from: "files" };
  const appeal = findShownAppeal(published, currentTime());
  const progress = appeal && ticker?.key === tickerKey(appeal) ? ticker.progress : null;
  return { from: "ledger", appeal, progress };
}

/** Includes scheduled, ended and superseded appeals. Returns an empty list until the ledger has been read once. */
export async function findPublishedAppeals(): Promise<readonly PublishedAppeal[]> {
  await keepShelfFresh();
  return state().published?.appeals ?? [];
}

/** `appeal` is a cache key for pages that do not show the progress of a goal; `ticker` also changes with that progress. */
export async function findAppealCacheKeys(): Promise<{ appeal: string; ticker: string }> {
  const live = await findLiveAppeal();
  if (live.from === "files") return { appeal: "files", ticker: "files" };
  const { appeal, progress } = live;
  if (!appeal) return { appeal: "none", ticker: "none" };
  const key = `${appeal.id}/${appeal.version}/${appeal.endsAt?.getTime() ?? ""}`;
  const ticker = progress ? `${progress.percent}.${progress.kept.amountMinor}.${progress.asOf.getTime()}` : "";
  return { appeal: key, ticker: `${key}/${ticker}` };
}

function keepShelfFresh(): Promise<void> {
  const live = state();
  return keepFresh(live, {
    refresh: () => refresh(live),
    failureMessage: "the ledger does not answer; readers get the appeal that was read last",
  });
}

async function refresh(live: LiveAppealCache): Promise<void> {
  const db = await database();
  const change = await findAppealChangeNumber(db);
  if (change !== live.changeNumber || !live.published) {
    live.published = await listPublishedAppeals(db);
    live.changeNumber = change;
    for (const appeal of live.published.unreadable)
      log.error({ appeal }, "a published appeal cannot be read and is not shown");
  }
  await keepTicker(live, db);
}

async function keepTicker(live: LiveAppealCache, db: Db): Promise<void> {
  const appeal = live.published && findShownAppeal(live.published, currentTime());
  const goal = appeal?.content.goal;
  if (!appeal || !goal) {
    live.ticker = undefined;
    return;
  }
  const key = tickerKey(appeal);
  if (live.ticker?.key === key && performance.now() - live.ticker.atMs < TICKER_MS) return;
  const progress = await findGoalProgress(db, { goal, now: currentTime() });
  live.ticker = { key, atMs: performance.now(), progress };
}

function tickerKey({ id, content }: PublishedAppeal): string {
  return JSON.stringify([id, content.goal]);
}

function state(): LiveAppealCache {
  runtime.liveAppeal ??= {
    published: null,
    changeNumber: null,
    refreshedAtMs: Number.NEGATIVE_INFINITY,
    isUnavailable: false,
  };
  return runtime.liveAppeal;
}
