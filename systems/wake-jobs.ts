// Wakes the jobs of this process when work has become due. The caller may be the other copy of our code (systems/runtime.ts).
import "server-only";
import { runtime } from "./runtime";

/** Turns a burst of webhooks into one round, and is too short for a person who waits for a mail to notice. */
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
