// What must be in order before the first reader is served: settings, database, and the jobs that follow every answer.

import { publication } from "../publication";
import { followStandIn } from "./clock";
import { refuseCrashPoints } from "./crash-points";
import { database } from "./database";
import { refuseDemoRecipient } from "./demo-recipient";
import { env, isLiveMode } from "./env";
import { endJobs, startJobs } from "./jobs";

/** What the server waits for before it ends (tools/serve.mjs). */
const shared = globalThis as typeof globalThis & { appealEnding?: Promise<void> };

/** Ends the process with one clear line where a setting or the database is not in order. */
export async function start(): Promise<void> {
  try {
    env();
    refuseCrashPoints({ live: isLiveMode() });
    refuseDemoRecipient(publication, { live: isLiveMode() });
    await database();
    await followStandIn();
  } catch (error) {
    process.stderr.write(`Appeal does not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  startJobs();
  // Whoever serves ends the process: tools/serve.mjs, or Next's own server.
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      shared.appealEnding ??= endJobs().catch(() => {});
    });
}
