// Wakes the background jobs. The built site loads its modules twice, so the caller can be in the other copy
// (systems/runtime.ts).
import "server-only";
import { runtime } from "./runtime";

/**
 * How long wakes are collected. A burst of webhooks wakes the jobs once, and a person who waits for an e-mail does not
 * notice.
 */
const COLLECT_MS = 20;

/** Runs the background jobs soon. Call this after a commit that queued work. Never throws. */
export function runBackgroundJobsSoon(): void {
  runtime.wakeTimer ??= setTimeout(() => {
    runtime.wakeTimer = undefined;
    runtime.runJobs?.();
  }, COLLECT_MS).unref();
}

export function setJobRunner(runJobs: () => void): void {
  runtime.runJobs = runJobs;
}
