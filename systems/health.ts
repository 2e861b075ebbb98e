// Can the ledger be read and written? A site that reads well and can write nothing takes no gift, and looks healthy to a monitor that only
// asks for pages: a full disk, a file system that has become read-only, a lock that nobody lets go.
import "server-only";
import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { currentTime } from "./clock";
import { type Db, database } from "./database";
import { env } from "./env";

/** A monitor that asks every second costs one write in this time. */
const FRESH_MS = 5_000;
/** Longer than a ledger that is well ever takes. */
const LIMIT_MS = 2_000;
/** SQLite's log overwrites its own space for a while after the disk is full: a write that succeeds is no proof. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

let asking: Promise<boolean> | undefined;
let wellUntilMs = 0;

/** Only "well" is believed for some seconds. */
export async function isLedgerWell(nowMs = Date.now()): Promise<boolean> {
  if (nowMs < wellUntilMs) return true;
  asking ??= look().finally(() => {
    asking = undefined;
  });
  const isWell = await asking;
  wellUntilMs = isWell ? nowMs + FRESH_MS : 0;
  return isWell;
}

async function look(): Promise<boolean> {
  try {
    const db = await database();
    const tried = Promise.all([readAndWrite(db), hasRoom(env().DATABASE_URL)]);
    tried.catch(() => {});
    const [, room] = await Promise.race([tried, tooLong()]);
    return room;
  } catch {
    return false;
  }
}

async function readAndWrite(db: Db): Promise<void> {
  await db.payment.findFirst({ select: { id: true } });
  const at = currentTime();
  await db.pulse.upsert({ where: { id: 1 }, create: { id: 1, at }, update: { at } });
}

/** Whether the disk of a SQLite ledger has room for more than this write. A PostgreSQL server looks after its own. */
export async function hasRoom(databaseUrl: string, leastBytes = LEAST_FREE_BYTES): Promise<boolean> {
  if (!databaseUrl.startsWith("file:")) return true;
  const { bavail, bsize } = await statfs(dirname(resolve(databaseUrl.slice("file:".length))));
  return bavail * bsize >= leastBytes;
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the ledger did not answer within ${LIMIT_MS} ms`)), LIMIT_MS).unref();
  });
}
