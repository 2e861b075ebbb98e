// What must be in order before the first reader is served: settings, database, and the jobs that follow every answer.

import { publication } from "../publication";
import { followStandIn } from "./clock";
import { refuseCrashPoints } from "./crash-points";
import { database } from "./database";
import { refuseDemoRecipient } from "./demo-recipient";
import { env, isLiveMode } from "./env";
import { applyErasuresAtStart } from "./erasure";
import { requireErasureList } from "./erasure-list";
import { endJobs, startJobs } from "./jobs";
import { log } from "./log";

/** What the server waits for before it ends (tools/run/serve.ts). */
const shared = globalThis as typeof globalThis & { appealEnding?: Promise<void> };

/** Ends the process with one clear line where a setting or the database is not in order. */
export async function start(): Promise<void> {
  try {
    warnOfSettings();
    refuseCrashPoints({ live: isLiveMode() });
    refuseDemoRecipient(publication, { live: isLiveMode() });
    const db = await database();
    await followStandIn();
    requireErasureList();
    await applyErasuresAtStart(db);
  } catch (error) {
    log.fatal({ error: error instanceof Error ? error.message : String(error) }, "Appeal does not start");
    process.exit(1);
  }
  startJobs();
  // Whoever serves ends the process: tools/run/serve.ts, or Next's own server.
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      shared.appealEnding ??= endJobs().catch(() => {});
    });
}

/** What works, and protects less than it could. */
function warnOfSettings(): void {
  if (env().TRUSTED_PROXY_HOPS > 0) return;
  log.warn(
    { setting: "TRUSTED_PROXY_HOPS" },
    "TRUSTED_PROXY_HOPS is 0: no client's address is known, so limits hold per e-mail address and for the whole site only",
  );
}
