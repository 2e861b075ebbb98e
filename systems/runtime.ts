// The state of the process. The built site loads its modules twice: in Next's bundle and in the server in front of it
// (tools/run/serve.ts). Both copies must share one open ledger, one clock and one runner of jobs, so the state is
// stored on `globalThis`. Some types of its parts are defined here, because the files that use those parts import this
// file.
import type { LiveExperiment } from "../domain/appeal/experiments";
import type { GoalProgress } from "../domain/appeal/goal";
import type { PublishedAppeals } from "../domain/appeal/shown-appeal";
import type { AppealEventCount } from "../domain/appeal/store";
import type { Db } from "../domain/database";
import type { PublicIncome } from "../domain/newsroom/public-income";
import type { PublishedMessage } from "../domain/supporters/published-messages";
import type { AppealPreview } from "./appeals/preview";
import type { FileStamp } from "./articles/file-stamp";
import type { KnownArticles } from "./articles/known-files";
import type { RefreshState } from "./keep-fresh";
import type { Lease } from "./lease";

/** A cache for the latest result of one query to the ledger (cached-answer.ts). */
export type LedgerQueryCache<Answer> = { latest?: { db: Db; atMs: number; answer: Promise<Answer> } };

/** `published`: the published appeals; null until the ledger has been read once. */
export type PublishedAppealsCache = RefreshState & {
  published: PublishedAppeals | null;
  changeNumber: number | null;
  goalProgress?: { key: string; atMs: number; progress: GoalProgress | null };
};

export type ArticleCache = KnownArticles & RefreshState & { folderStamp: FileStamp | null; nextToCheck: number };
export type PublishedMessagesCache = RefreshState & { messages: readonly PublishedMessage[] };

/** `again`: true if the job was woken while it ran, so that it runs once more. `work`: the latest run. */
export type JobRunState = { running: boolean; again: boolean; work?: Promise<void> };

export type RuntimeState = {
  database?: Promise<Db>;
  /** How far the site's clock is ahead of the machine's (clock.ts). */
  clockAheadMs?: number;
  /** Starts every job. It is set when the background jobs start (wake-jobs.ts). */
  runJobs?: () => void;
  wakeTimer?: NodeJS.Timeout;
  jobRunners?: Record<string, JobRunState>;
  jobsLease?: Lease;
  areJobsEnding?: boolean;
  booksCheckAfterMs?: number;
  eraseAfterMs?: number;
  readdressAfterMs?: number;
  deleteExpiredAfterMs?: number;
  clearTracesAfterMs?: number;
  /** True while the database's files may still contain deleted personal data (delete-expired.ts). */
  hasTraces?: boolean;
  /** Stored previews of appeals, by the token of the request that will render them (appeals/stored-previews.ts). */
  previews?: Map<string, AppealPreview>;
  /** Renders a page of the site in this process. Set in production only (tools/run/serve.ts). */
  renderOwnPage?: (path: string, headers: Record<string, string>) => Promise<{ status: number; body: Buffer }>;
  liveAppeal?: PublishedAppealsCache;
  articles?: ArticleCache;
  /** The counts of reports that are not in the ledger yet (counting/counter.ts). */
  counts?: Map<string, AppealEventCount>;
  countsTimer?: NodeJS.Timeout;
  /** Resolves after the latest write of `counts`. It never rejects. */
  countsWritten?: Promise<void>;
  publicIncome?: LedgerQueryCache<PublicIncome>;
  publishedMessages?: PublishedMessagesCache;
  liveExperiment?: LedgerQueryCache<LiveExperiment | null>;
  logAnchorAfterMs?: number;
  noticesAfterMs?: number;
  summaryAfterMs?: number;
  verdictsAfterMs?: number;
  chatAfterMs?: number;
  /** Resolves once the background jobs have ended. */
  jobsEnded?: Promise<void>;
};

export const RUNTIME_KEY: unique symbol = Symbol.for("appeal.runtime");

const holder = globalThis as typeof globalThis & { [RUNTIME_KEY]?: RuntimeState };
holder[RUNTIME_KEY] ??= {};

export const runtime: RuntimeState = holder[RUNTIME_KEY];
