// The state of this process. The built site loads our modules twice, in Next's bundle and in the server before it
// (tools/run/serve.ts), and both copies must share one open ledger, one clock and one runner of jobs. So it lives on `globalThis`.
import type { LiveExperiment } from "../domain/appeal/experiments";
import type { Count } from "../domain/appeal/store";
import type { PublicIncome } from "../domain/newsroom/public-income";
import type { LiveShelf } from "./appeals/live-shelf";
import type { Preview } from "./appeals/preview";
import type { ArticleShelf } from "./articles/shelf";
import type { Db } from "./database";
import type { KeptAnswer } from "./kept-answer";
import type { Lease } from "./lease";
import type { PublishedShelf } from "./messages/published";

/** The state of one job in this process. `again`: it was woken while it ran, and runs once more. `work`: its latest run. */
export type JobRunner = { running: boolean; again: boolean; work?: Promise<void> };

export type Runtime = {
  /** The open ledger (database.ts). */
  database?: Promise<Db>;
  /** How far the site's clock is ahead of this machine's (clock.ts). */
  clockAheadMs?: number;
  /** Starts every job; set when the jobs start (wake-jobs.ts). */
  runJobs?: () => void;
  wakeTimer?: NodeJS.Timeout;
  jobRunners?: Record<string, JobRunner>;
  jobsLease?: Lease;
  haveJobsEnded?: boolean;
  /** The daily books check waits until this time (books-daily.ts). */
  booksCheckAfterMs?: number;
  /** After a failed erasure, the jobs wait until this time (erasure.ts). */
  eraseAfterMs?: number;
  /** After a failed change of address, the jobs wait until this time (address-change.ts). */
  readdressAfterMs?: number;
  /** No rows are deleted by age before this time (forget.ts). */
  forgetAfterMs?: number;
  /** The write-ahead log is not cleared before this time (forget.ts). */
  clearTracesAfterMs?: number;
  /** True while deleted personal data may be left in the database's files (forget.ts). */
  hasTraces?: boolean;
  /** Previews that wait for the request that draws them, by its word (appeals/preview.ts). */
  previews?: Map<string, Preview>;
  /** Draws one of the site's pages in this process, as its own server answers it; set in production (tools/run/serve.ts). */
  drawPage?: (path: string, headers: Record<string, string>) => Promise<{ status: number; body: Buffer }>;
  /** The published appeals as last read (appeals/live-shelf.ts). */
  liveShelf?: LiveShelf;
  /** The articles as last read (articles/shelf.ts). */
  articles?: ArticleShelf;
  /** The sums of reports that are not in the ledger yet, and when they are written (counting/counter.ts). */
  counts?: Map<string, Count>;
  countsTimer?: NodeJS.Timeout;
  /** The latest write of `counts`, which never rejects. */
  countsWritten?: Promise<void>;
  /** The published statement of income as last read (public-income.ts). */
  publicIncome?: KeptAnswer<PublicIncome>;
  /** The published messages as last read (messages/published.ts). */
  publishedMessages?: PublishedShelf;
  /** The running experiment as last read (counting/live-experiment.ts). */
  liveExperiment?: KeptAnswer<LiveExperiment | null>;
  /** The log's head is written down again after this time (log-anchor.ts). */
  logAnchorAfterMs?: number;
  /** The next look for notices that supporters should get in time (jobs.ts). */
  noticesAfterMs?: number;
  /** The jobs do not look for due daily summaries before this time (daily-summary.ts). */
  summaryAfterMs?: number;
  /** The next look for experiments to judge (judge-experiments.ts). */
  verdictsAfterMs?: number;
  /** The next look for news for the newsroom's chat (chat.ts). */
  chatAfterMs?: number;
  /** Resolves when the jobs have ended. The server waits for it before it exits (start.ts). */
  ending?: Promise<void>;
};

export const RUNTIME: unique symbol = Symbol.for("appeal.runtime");

const holder = globalThis as typeof globalThis & { [RUNTIME]?: Runtime };
holder[RUNTIME] ??= {};

export const runtime: Runtime = holder[RUNTIME];
