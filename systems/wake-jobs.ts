// Wakes the background jobs. The built site loads each module twice. So runBackgroundJobsSoon() finds the runner of the
// jobs in `runtime`, which both copies share.
import "server-only";
import { runtime } from "./runtime";

/**
 * How long runBackgroundJobsSoon() waits before the jobs run. All calls within this time together cause only one run of
 * the jobs. A person who waits for an e-mail does not notice the delay.
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
