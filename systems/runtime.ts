// The state of this process. The built site loads our modules twice: in Next's bundle and in the server in front of it
// (tools/run/serve.ts). Both copies must share one open ledger, one clock and one runner of jobs. So the state is stored on
// `globalThis`.
import type { LiveExperiment } from "../domain/appeal/experiments";
import type { EventCount } from "../domain/appeal/store";
import type { PublicIncome } from "../domain/newsroom/public-income";
import type { LiveAppealCache } from "./appeals/live-shelf";
import type { AppealPreview } from "./appeals/preview";
import type { ArticleCache } from "./articles/shelf";
import type { CachedAnswer } from "./cached-answer";
import type { Db } from "./database";
import type { Lease } from "./lease";
import type { PublishedMessagesCache } from "./messages/published";

/** The state of one job in this process. `again`: the job was woken while it ran, so it runs once more. `work`: its latest run. */
export type JobRunner = { running: boolean; again: boolean; work?: Promise<void> };

export type Runtime = {
  /** The open ledger (database.ts). */
  database?: Promise<Db>;
  /** How far the site's clock is ahead of this machine's (clock.ts). */
  clockAheadMs?: number;
  /** Starts every job. It is set when the jobs start (wake-jobs.ts). */
  runJobs?: () => void;
  wakeTimer?: NodeJS.Timeout;
  jobRunners?: Record<string, JobRunner>;
  jobsLease?: Lease;
  haveJobsEnded?: boolean;
  /** The daily books check waits until this time (books-daily.ts). */
  booksCheckAfterMs?: number;
  /** After a failed erasure, the jobs wait until this time (erasure.ts). */
  eraseAfterMs?: number;
  /** After a failed change of an e-mail address, the jobs wait until this time (address-change.ts). */
  readdressAfterMs?: number;
  /** No rows are deleted by age before this time (forget.ts). */
  forgetAfterMs?: number;
  /** The write-ahead log is not cleared before this time (forget.ts). */
  clearTracesAfterMs?: number;
  /** True while deleted personal data may be left in the database's files (forget.ts). */
  hasTraces?: boolean;
  /** Previews that wait for the request that renders them, by their token (appeals/preview.ts). */
  previews?: Map<string, AppealPreview>;
  /** Renders one of the site's pages in this process, as its own server responds. It is set in production (tools/run/serve.ts). */
  renderOwnPage?: (path: string, headers: Record<string, string>) => Promise<{ status: number; body: Buffer }>;
  /** The published appeals as last read (appeals/live-shelf.ts). */
  liveShelf?: LiveAppealCache;
  /** The articles as last read (articles/shelf.ts). */
  articles?: ArticleCache;
  /** The sums of reports that are not in the ledger yet, and the timer that writes them (counting/counter.ts). */
  counts?: Map<string, EventCount>;
  countsTimer?: NodeJS.Timeout;
  /** Resolves after the latest write of `counts`. It never rejects. */
  countsWritten?: Promise<void>;
  /** The published statement of income as last read (public-income.ts). */
  publicIncome?: CachedAnswer<PublicIncome>;
  /** The published messages as last read (messages/published.ts). */
  publishedMessages?: PublishedMessagesCache;
  /** The running experiment as last read (counting/live-experiment.ts). */
  liveExperiment?: CachedAnswer<LiveExperiment | null>;
  /** The head of the log of acts is not logged again before this time (log-anchor.ts). */
  logAnchorAfterMs?: number;
  /** Notices about cards and pauses are not looked for before this time (jobs.ts). */
  noticesAfterMs?: number;
  /** Due daily summaries are not looked for before this time (daily-summary.ts). */
  summaryAfterMs?: number;
  /** Experiments are not judged before this time (judge-experiments.ts). */
  verdictsAfterMs?: number;
  /** News for the newsroom's chat is not looked for before this time (chat.ts). */
  chatAfterMs?: number;
  /** Resolves once the jobs have ended. The server waits for this before it exits (start.ts). */
  jobsEnded?: Promise<void>;
};

export const RUNTIME: unique symbol = Symbol.for("appeal.runtime");

const holder = globalThis as typeof globalThis & { [RUNTIME]?: Runtime };
holder[RUNTIME] ??= {};

export const runtime: Runtime = holder[RUNTIME];
