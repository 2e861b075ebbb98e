// The state of this process. The built site loads its modules twice: in Next's bundle and in the server in front of it
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

/**
 * The state of one job in this process. `again`: true if the job was woken while it ran, so that it runs once more. `work`: the
 * latest run.
 */
export type JobRunner = { running: boolean; again: boolean; work?: Promise<void> };

export type Runtime = {
  database?: Promise<Db>;
  /** How far the site's clock is ahead of the machine's (clock.ts). */
  clockAheadMs?: number;
  /** Starts every job. It is set when the background jobs start (wake-jobs.ts). */
  runJobs?: () => void;
  wakeTimer?: NodeJS.Timeout;
  jobRunners?: Record<string, JobRunner>;
  jobsLease?: Lease;
  haveJobsEnded?: boolean;
  /** The daily comparison with Stripe waits until this time (books-daily.ts). */
  booksCheckAfterMs?: number;
  /** After a failed erasure, the job waits until this time (erasure.ts). */
  eraseAfterMs?: number;
  /** After a failed change of an e-mail address, the job waits until this time (address-change.ts). */
  readdressAfterMs?: number;
  /** No rows are deleted by age before this time (forget.ts). */
  forgetAfterMs?: number;
  /** The write-ahead log is not cleared before this time (forget.ts). */
  clearTracesAfterMs?: number;
  /** True while deleted personal data may be left in the database's files (forget.ts). */
  hasTraces?: boolean;
  /** Stored previews of appeals, by the token of the request that will render them (appeals/preview.ts). */
  previews?: Map<string, AppealPreview>;
  /**
   * Renders a page of the site in this process, and returns what the server would respond. It is set in production only
   * (tools/run/serve.ts).
   */
  renderOwnPage?: (path: string, headers: Record<string, string>) => Promise<{ status: number; body: Buffer }>;
  liveShelf?: LiveAppealCache;
  articles?: ArticleCache;
  /** The counts of reports that are not in the ledger yet, and the timer that writes them (counting/counter.ts). */
  counts?: Map<string, EventCount>;
  countsTimer?: NodeJS.Timeout;
  /** Resolves after the latest write of `counts`. It never rejects. */
  countsWritten?: Promise<void>;
  publicIncome?: CachedAnswer<PublicIncome>;
  publishedMessages?: PublishedMessagesCache;
  liveExperiment?: CachedAnswer<LiveExperiment | null>;
  /** The last hash of the audit log is not logged again before this time (log-anchor.ts). */
  logAnchorAfterMs?: number;
  /** The job looks for expiring cards and ending pauses only after this time (jobs.ts). */
  noticesAfterMs?: number;
  /** The job looks for due daily summaries only after this time (daily-summary.ts). */
  summaryAfterMs?: number;
  /** The job refreshes the results of experiments only after this time (judge-experiments.ts). */
  verdictsAfterMs?: number;
  /** The job looks for new messages to the newsroom's chat only after this time (chat.ts). */
  chatAfterMs?: number;
  /** Resolves once the background jobs have ended. The server waits for this before it exits (start.ts). */
  jobsEnded?: Promise<void>;
};

export const RUNTIME: unique symbol = Symbol.for("appeal.runtime");

const holder = globalThis as typeof globalThis & { [RUNTIME]?: Runtime };
holder[RUNTIME] ??= {};

export const runtime: Runtime = holder[RUNTIME];
