// One rebuild of an empty ledger by the command that a person would type, as a process of its own: how long it took, and the most
// memory that it held.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Db, openDatabase } from "../../../systems/database";
import { Stop } from "../../../tools/run/console.mjs";
import { startChild } from "../../../tools/run/processes.mjs";
import { settingsFor } from "../../torture/site-settings";
import { KEY } from "../../torture/world";

/** The JavaScript heap that a run may fill; what it holds is more by the programs and the database. */
export const HEAP_MEGABYTES = 128;
const COMMAND = [
  `--max-old-space-size=${HEAP_MEGABYTES}`,
  "--conditions=react-server",
  "--import",
  "tsx",
  "tools/database/books-check.ts",
  "--grace",
  "0",
];
const LOOK_EVERY_MS = 100;

export type Ledger = { stripe: string; databaseUrl: string };
/** `begun`: how many such runs the ledger knows; one that goes on with an earlier one begins none. */
export type Run = { seconds: number; megabytes: number; compared: number; begun: number };

/** Throws where differences are left. `killAt`: ended by SIGKILL once so many objects have been compared. */
export function rebuild(ledger: Ledger, killAt = Number.POSITIVE_INFINITY): Promise<Run> {
  return run(ledger, { mode: "repair", killAt });
}

/** The check alone: throws on any difference. */
export function check(ledger: Ledger): Promise<Run> {
  return run(ledger, { mode: "check", killAt: Number.POSITIVE_INFINITY });
}

async function run({ stripe, databaseUrl }: Ledger, { mode, killAt }: { mode: string; killAt: number }): Promise<Run> {
  const db = await openDatabase(databaseUrl);
  const env = { ...settingsFor({ key: KEY, base: stripe, databaseUrl }), NODE_ENV: "production" };
  const startedAt = performance.now();
  const child = startChild("books check", [...COMMAND, ...(mode === "repair" ? ["--repair"] : [])], { env });
  let megabytes = 0;
  let isKilled = false;
  while (!child.hasEnded()) {
    megabytes = mostMegabytes(child.pid) ?? megabytes;
    if (child.pid && !isKilled && (await standing(db, mode)).compared >= killAt) {
      isKilled = true;
      process.kill(child.pid, "SIGKILL");
    }
    await delay(LOOK_EVERY_MS);
  }
  const code = await child.ended;
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!isKilled && code !== 0) throw new Stop(`The books are not equal. The command said:\n\n${child.lastLines()}`);
  const told = { seconds, megabytes, ...(await standing(db, mode)) };
  await db.$disconnect();
  return told;
}

async function standing(db: Db, mode: string) {
  const checks = await db.booksCheck.findMany({ where: { mode }, orderBy: { startedAt: "desc" } });
  return { begun: checks.length, compared: checks[0]?.compared ?? 0 };
}

/** Linux keeps the most that a process has held; null where it is gone. */
function mostMegabytes(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes ? Number(kilobytes) / 1_024 : null;
  } catch {
    return null;
  }
}
