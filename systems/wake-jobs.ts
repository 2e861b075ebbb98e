// Wakes the jobs of this process when work has become due. The caller may be the other copy of our modules (systems/runtime.ts).
import "server-only";
import { runtime } from "./runtime";

/** How long calls are collected. So a burst of webhooks causes one round, and a person who waits for a mail does not notice. */
const COLLECT_MS = 20;

/** Call this after a commit that queued work. Returns at once and never throws. Calls within a short time wake the jobs once. */
export function wakeJobs(): void {
  runtime.wakeTimer ??= setTimeout(() => {
    runtime.wakeTimer = undefined;
    runtime.runJobs?.();
  }, COLLECT_MS).unref();
}

export function setJobRunner(runJobs: () => void): void {
  runtime.runJobs = runJobs;
}
