// The ledger in a SQLite file. One connection serves the process; SerialSqlite keeps a query that does not belong to an open
// transaction from running inside it, where a rollback would undo it.
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { Transaction } from "@prisma/driver-adapter-utils";
import { PrismaClient } from "../generated/sqlite/client";
import { crashPoint } from "./crash-points";
import { Turn } from "./turn";

/** Older SQLite can corrupt a WAL database (sqlite.org/wal.html, the WAL-reset bug). */
const OLDEST_SQLITE = [3, 51, 3];
const BUSY_TIMEOUT_MS = 5_000;
/** One connection serves all, so a burst of webhooks waits in line; and a transaction may wait for another process's lock. */
const PATIENCE = { maxWait: 10_000, timeout: 3 * BUSY_TIMEOUT_MS };

class SerialSqlite extends PrismaBetterSqlite3 {
  override async connect() {
    const adapter = await super.connect();
    await adapter.executeScript(
      `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=${BUSY_TIMEOUT_MS};`,
    );
    const turn = new Turn();
    const alone =
      <A extends unknown[], R>(query: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        const release = await turn.take();
        try {
          return await query.apply(adapter, args);
        } finally {
          release();
        }
      };
    adapter.queryRaw = alone(adapter.queryRaw);
    adapter.executeRaw = alone(adapter.executeRaw);
    adapter.executeScript = alone(adapter.executeScript);
    const start = adapter.startTransaction;
    adapter.startTransaction = async (level) => {
      const release = await turn.take();
      try {
        const tx = await start.call(adapter, level);
        const { commit, rollback } = tx;
        tx.commit = () => {
          crashPoint("mid-transaction");
          return commit.call(tx).finally(release);
        };
        tx.rollback = async () => {
          // Prisma rolls back in SQL only what it never tried to commit; after a refused COMMIT the transaction would stay open
          // and swallow every write that follows. Where it is closed already, SQLite says so and nothing is lost.
          await tx.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] }).catch(() => {});
          return rollback.call(tx).finally(release);
        };
        await lockNow(tx);
        return tx;
      } catch (error) {
        release();
        throw error;
      }
    };
    return adapter;
  }
}

/** At once, not at the first write: a command beside the site may write between our reading and our writing. */
async function lockNow(tx: Transaction): Promise<void> {
  try {
    for (const sql of ["ROLLBACK", "BEGIN IMMEDIATE"]) await tx.executeRaw({ sql, args: [], argTypes: [] });
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

/** `file:PATH`, relative to the working directory. Throws where a setting that protects the money did not take. */
export async function openSqlite(url: string): Promise<PrismaClient> {
  const path = resolve(url.replace(/^file:/, ""));
  mkdirSync(dirname(path), { recursive: true });
  // Minimal: a longer error would repeat the values of the query, and errors end up in logs.
  const adapter = new SerialSqlite({ url: `file:${path}` });
  const db = new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: PATIENCE });
  await assertSafe(db);
  return db;
}

async function assertSafe(db: PrismaClient): Promise<void> {
  const [{ version }] = await db.$queryRaw<[{ version: string }]>`SELECT sqlite_version() AS version`;
  const parts = version.split(".").map(Number);
  const older = OLDEST_SQLITE.map((n, i) => (parts[i] ?? 0) - n).find((difference) => difference !== 0) ?? 0;
  if (older < 0) throw new Error(`database: SQLite ${version} is older than ${OLDEST_SQLITE.join(".")}`);
  const [wal] = await db.$queryRaw<[{ journal_mode: string }]>`PRAGMA journal_mode`;
  const [sync] = await db.$queryRaw<[{ synchronous: bigint }]>`PRAGMA synchronous`;
  const [keys] = await db.$queryRaw<[{ foreign_keys: bigint }]>`PRAGMA foreign_keys`;
  if (wal.journal_mode !== "wal") throw new Error("database: write-ahead logging is off");
  if (Number(sync.synchronous) !== 2) throw new Error("database: synchronous is not FULL");
  if (Number(keys.foreign_keys) !== 1) throw new Error("database: foreign keys are off");
}
