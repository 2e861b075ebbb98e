// Wakes the jobs of this process when work has become due. The caller may be the other copy of our code (systems/runtime.ts).
import "server-only";
import { runtime } from "./runtime";

/** How long calls are collected: a burst of webhooks becomes one round, and a person who waits for a mail does not notice. */
const COLLECT_MS = 20;

/** Call it after a commit that queued work. Returns at once and never throws; calls close together wake the jobs once. */
export function wakeJobs(): void {
  runtime.wakeTimer ??= setTimeout(() => {
    runtime.wakeTimer = undefined;
    runtime.runJobs?.();
  }, COLLECT_MS).unref();
}

export function onWake(runJobs: () => void): void {
  runtime.runJobs = runJobs;
}
