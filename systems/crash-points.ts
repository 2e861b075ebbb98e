// Points at which `npm run torture` kills the process (lab/docs/torture.md). `CRASH_AT=NAME:N` kills it the Nth time
// that it reaches the named point.
import { writeSync } from "node:fs";

type CrashPoint = "after-verify" | "mid-transaction" | "after-commit" | "before-mail" | "after-mail";

const [name, times] = (process.env.CRASH_AT ?? "").split(":");
let left = Number(times);

export function killProcessAtCrashPoint(here: CrashPoint): void {
  if (here !== name) return;
  left -= 1;
  if (left !== 0) return;
  writeSync(process.stderr.fd, `killed at ${here}\n`);
  process.kill(process.pid, "SIGKILL");
}

/** Throws if CRASH_AT is set and the Stripe key is live, because a crash could affect real money. */
export function refuseCrashPoints({ live }: { live: boolean }): void {
  if (name && live) throw new Error("CRASH_AT is only for npm run torture: remove it from the settings");
}
