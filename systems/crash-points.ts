// Where the torture kills the server (lab/docs/torture.md). Without CRASH_AT nothing happens here, and nobody but the torture sets it:
// `NAME:N`, at the Nth time that this process comes by. The last thing that it does is to say so: whoever killed it can then tell.
import { writeSync } from "node:fs";

type CrashPoint = "after-verify" | "mid-transaction" | "after-commit" | "before-mail" | "after-mail";

const [name, times] = (process.env.CRASH_AT ?? "").split(":");
let left = Number(times);

export function crashPoint(here: CrashPoint): void {
  if (here !== name) return;
  left -= 1;
  if (left !== 0) return;
  writeSync(process.stderr.fd, `killed at ${here}\n`);
  process.kill(process.pid, "SIGKILL");
}

/** Throws where real money could meet it. */
export function refuseCrashPoints({ live }: { live: boolean }): void {
  if (name && live) throw new Error("CRASH_AT is for the torture only: take it out of the settings");
}
