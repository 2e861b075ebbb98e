// Checks that the ledger can be written. With a full disk, a read-only file system or a lock that is never released,
// pages still load but no gift can start. A monitor that only loads pages would not notice.
import "server-only";
import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { currentTime } from "./clock";
import { type Db, database } from "./database";
import { env } from "./env";

/** How long a good result is cached. Each check writes to the ledger, and a monitor can ask every second. */
const FRESH_MS = 5_000;
/** How long the ledger can take to respond before it counts as unhealthy. */
const TIMEOUT_MS = 2_000;
/**
 * If less disk space is free, the ledger counts as unhealthy. A successful write is not enough: on a full disk, SQLite
 * can still write to the space that its log already has.
 */
const MIN_FREE_BYTES = 16 * 1024 * 1024;

let checking: Promise<boolean> | undefined;
let healthyUntilMs = 0;

/** Returns true if the ledger can be written and its disk has space. Only a good result is cached. */
export async function checkLedgerHealth(nowMs = Date.now()): Promise<boolean> {
  if (nowMs < healthyUntilMs) return true;
  checking ??= check().finally(() => {
    checking = undefined;
  });
  const isHealthy = await checking;
  healthyUntilMs = isHealthy ? nowMs + FRESH_MS : 0;
  return isHealthy;
}

async function check(): Promise<boolean> {
  try {
    const db = await database();
    const checks = Promise.all([readAndWrite(db), hasDiskSpace(env().DATABASE_URL)]);
    checks.catch(() => {});
    const [, hasSpace] = await Promise.race([checks, timeout()]);
    return hasSpace;
  } catch {
    return false;
  }
}

async function readAndWrite(db: Db): Promise<void> {
  await db.payment.findFirst({ select: { id: true } });
  const at = currentTime();
  await db.pulse.upsert({ where: { id: 1 }, create: { id: 1, at }, update: { at } });
}

/**
 * Returns true if the disk of the ledger has `minBytes` left. Always returns true for PostgreSQL, whose disk can belong
 * to another machine.
 */
export async function hasDiskSpace(databaseUrl: string, minBytes = MIN_FREE_BYTES): Promise<boolean> {
  if (!databaseUrl.startsWith("file:")) return true;
  const { bavail, bsize } = await statfs(dirname(resolve(databaseUrl.slice("file:".length))));
  return bavail * bsize >= minBytes;
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the ledger did not answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS).unref();
  });
}
