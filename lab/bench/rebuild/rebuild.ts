// Runs `npm run books:check`, as staff would, in a separate process and measures its time and memory.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Db, openDatabase } from "../../../systems/database";
import { CommandError } from "../../../tools/run/console.mjs";
import { startChild } from "../../../tools/run/processes.mjs";
import { siteSettingsFor } from "../../torture/site-settings";
import { STRIPE_KEY } from "../../torture/torture-world";

/**
 * The limit of the JavaScript heap of the measured process. The process also needs memory for code and for the
 * database.
 */
export const MAX_HEAP_MEGABYTES = 128;
const COMMAND = [
  `--max-old-space-size=${MAX_HEAP_MEGABYTES}`,
  "--conditions=react-server",
  "--import",
  "tsx",
  "tools/database/books-check.ts",
  "--grace",
  "0",
];
const POLL_EVERY_MS = 100;

export type LedgerToRebuild = { stripeUrl: string; databaseUrl: string };
/**
 * `checksStarted`: the number of comparisons with Stripe that the ledger has recorded. A comparison that was
 * interrupted and continues counts once.
 */
export type RebuildRun = { seconds: number; maxMegabytes: number; comparedObjects: number; checksStarted: number };

/**
 * Rebuilds the ledger. Throws if differences from Stripe are left. `killAfterObjects`: kills the process once it has
 * compared that many objects.
 */
export function runRebuild(ledger: LedgerToRebuild, killAfterObjects = Number.POSITIVE_INFINITY): Promise<RebuildRun> {
  return run(ledger, { mode: "repair", killAfterObjects });
}

/** Compares the ledger with Stripe without repairs. Throws if there is any difference. */
export function runCheckWithoutRepair(ledger: LedgerToRebuild): Promise<RebuildRun> {
  return run(ledger, { mode: "check", killAfterObjects: Number.POSITIVE_INFINITY });
}

async function run(
  { stripeUrl, databaseUrl }: LedgerToRebuild,
  { mode, killAfterObjects }: { mode: string; killAfterObjects: number },
): Promise<RebuildRun> {
  const db = await openDatabase(databaseUrl);
  const env = {
    ...siteSettingsFor({ stripeKey: STRIPE_KEY, stripeUrl: stripeUrl, databaseUrl }),
    NODE_ENV: "production",
  };
  const startedAt = performance.now();
  const child = startChild("books check", [...COMMAND, ...(mode === "repair" ? ["--repair"] : [])], { env });
  let maxMegabytes = 0;
  let isKilled = false;
  while (!child.hasEnded()) {
    maxMegabytes = peakMegabytes(child.pid) ?? maxMegabytes;
    if (child.pid && !isKilled && (await readProgress(db, mode)).comparedObjects >= killAfterObjects) {
      isKilled = true;
      process.kill(child.pid, "SIGKILL");
    }
    await delay(POLL_EVERY_MS);
  }
  const code = await child.ended;
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!isKilled && code !== 0)
    throw new CommandError(`The books check failed. Its last output:\n\n${child.lastLines()}`);
  const result = { seconds, maxMegabytes, ...(await readProgress(db, mode)) };
  await db.$disconnect();
  return result;
}

async function readProgress(db: Db, mode: string) {
  const checks = await db.booksCheck.findMany({ where: { mode }, orderBy: { startedAt: "desc" } });
  return { checksStarted: checks.length, comparedObjects: checks[0]?.compared ?? 0 };
}

/**
 * Returns the most memory that the process has used so far, as Linux records it (VmHWM). Returns null if that cannot be
 * read, for example because the process has exited.
 */
function peakMegabytes(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes ? Number(kilobytes) / 1_024 : null;
  } catch {
    return null;
  }
}
