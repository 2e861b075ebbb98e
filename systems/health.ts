// The health check: tests that the ledger can be read and written. A full disk, a read-only file system or a lock that is never
// released lets pages load but no gift start, so a monitor that only loads pages would see nothing.
import "server-only";
import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { currentTime } from "./clock";
import { type Db, database } from "./database";
import { env } from "./env";

/** How long a good result is cached: a monitor that asks every second causes one write in this time. */
const FRESH_MS = 5_000;
/** A healthy ledger answers sooner than this. */
const TIMEOUT_MS = 2_000;
/**
 * The least free space for a good result. SQLite's write-ahead log reuses its own space for a while on a full disk, so a successful
 * write proves nothing.
 */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

let checking: Promise<boolean> | undefined;
let wellUntilMs = 0;

/** A good result is cached for some seconds, a bad one is not. */
export async function isLedgerHealthy(nowMs = Date.now()): Promise<boolean> {
  if (nowMs < wellUntilMs) return true;
  checking ??= check().finally(() => {
    checking = undefined;
  });
  const isWell = await checking;
  wellUntilMs = isWell ? nowMs + FRESH_MS : 0;
  return isWell;
}

async function check(): Promise<boolean> {
  try {
    const db = await database();
    const checks = Promise.all([readAndWrite(db), hasDiskSpace(env().DATABASE_URL)]);
    checks.catch(() => {});
    const [, room] = await Promise.race([checks, timeout()]);
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

/** True when a SQLite ledger's disk has room for more than this write. A PostgreSQL server watches its own disk. */
export async function hasDiskSpace(databaseUrl: string, leastBytes = LEAST_FREE_BYTES): Promise<boolean> {
  if (!databaseUrl.startsWith("file:")) return true;
  const { bavail, bsize } = await statfs(dirname(resolve(databaseUrl.slice("file:".length))));
  return bavail * bsize >= leastBytes;
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the ledger did not answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS).unref();
  });
}
