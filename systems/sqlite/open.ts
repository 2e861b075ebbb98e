// Opens a ledger on SQLite. The process uses one connection for everything except snapshots, and a mutex guards it.
// Without the mutex, a query that does not belong to an open transaction would still run inside that transaction. A
// rollback would then undo the query.

import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, Transaction } from "@prisma/driver-adapter-utils";
import type { Database } from "better-sqlite3";
import type { Db, Tx } from "../../domain/database";
import { PrismaClient } from "../../generated/sqlite/client";
import { killProcessAtCrashPoint } from "../crash-points";
import { rawSqlRunnerOn } from "../fast-path/sqlite-statements";
import { createTransactionRunner } from "../fast-path/sqlite-transaction";
import { Mutex } from "../mutex";
import { withReplacedDbMethods } from "../replaced-methods";
import { retryUntilUnlocked } from "./lock";
import { yieldIfQueriesTookTooLong } from "./turns";

/** Older versions of SQLite can corrupt a WAL database (sqlite.org/wal.html, the WAL-reset bug). */
const MIN_SQLITE_VERSION = [3, 51, 3];
/** `timeout: 0` turns off SQLite's own wait for locks; lock.ts waits instead. */
const CONNECTION = { timeout: 0 };
const SAFE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

/**
 * Opens the ledger. `url`: `file:PATH`, relative to the working directory. Throws if a setting that protects money did
 * not take effect.
 */
export async function openSqlite(url: string): Promise<Db> {
  const path = resolve(url.replace(/^file:/, ""));
  mkdirSync(dirname(path), { recursive: true });
  const adapter = await new PrismaBetterSqlite3({ url: `file:${path}`, ...CONNECTION }).connect();
  await retryUntilUnlocked(() => adapter.executeScript(SAFE));
  const connection = connectionOf(adapter);
  const mutex = new Mutex();
  const db = clientOn(guarded(adapter, mutex));
  const inside = clientOn(unguarded(adapter));
  const raw = rawSqlRunnerOn(connection);
  const beforeCommit = () => killProcessAtCrashPoint("mid-transaction");
  await assertSafe(db);
  return withReplacedDbMethods(db, {
    $transaction: createTransactionRunner({ connection, mutex, inside, raw, beforeCommit }),
    $snapshot: <Result>(read: (tx: Tx) => Promise<Result>) => readSnapshot(path, read),
    $purgeOldValues: async () => {
      const release = await mutex.lock();
      try {
        return truncateLog(connection);
      } finally {
        release();
      }
    },
    $disconnect: async () => {
      const release = await mutex.lock();
      await inside.$disconnect();
      await db.$disconnect();
      release();
    },
  });
}

/**
 * Empties the write-ahead log. Returns false if another connection is reading the log. It does not wait for that
 * connection, because waiting would block the whole process.
 */
function truncateLog(connection: Database): boolean {
  return Number(connection.pragma("wal_checkpoint(TRUNCATE)", { simple: true })) === 0;
}

/**
 * Reads on a second connection, in a transaction. Thanks to SQLite's write-ahead log, that transaction does not see
 * later changes.
 */
async function readSnapshot<Result>(path: string, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  const adapter = await new PrismaBetterSqlite3({ url: `file:${path}`, ...CONNECTION, readonly: true }).connect();
  const client = clientOn(inTurns(unguarded(adapter)));
  try {
    // A transaction sees the database as it is at the transaction's first query, not at BEGIN. So a query follows BEGIN
    // at once.
    await adapter.executeScript("BEGIN");
    await retryUntilUnlocked(() => adapter.executeScript("SELECT 1 FROM sqlite_schema"));
    return await read(client);
  } finally {
    await client.$disconnect();
    await adapter.dispose();
  }
}

function clientOn(adapter: SqlDriverAdapter): PrismaClient {
  const { provider, adapterName } = adapter;
  // Makes Prisma's errors short. The longer ones contain the values of the query, and the site logs errors.
  return new PrismaClient({
    adapter: { provider, adapterName, connect: async () => adapter },
    errorFormat: "minimal",
  });
}

/**
 * Returns the adapter's own connection. A second connection would have to wait for this one. The adapter keeps its
 * connection in a private field, which another version of the adapter may not have. So package.json pins the version.
 */
function connectionOf(adapter: SqlDriverAdapter): Database {
  const { client } = adapter as unknown as { client?: Database };
  if (typeof client?.prepare !== "function") throw new Error("database: the adapter has no better-sqlite3 connection");
  return client;
}

/**
 * Returns an adapter for calls that are not part of one of the site's transactions. It takes the mutex for each call.
 */
function guarded(adapter: SqlDriverAdapter, mutex: Mutex): SqlDriverAdapter {
  const withLock =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      const turn = yieldIfQueriesTookTooLong();
      if (turn) await turn;
      const sinceMs = performance.now();
      const release = await mutex.lock();
      try {
        return await retryUntilUnlocked(() => call.apply(adapter, args), sinceMs);
      } finally {
        release();
      }
    };
  return {
    ...callsOf(adapter),
    queryRaw: withLock(adapter.queryRaw),
    executeRaw: withLock(adapter.executeRaw),
    executeScript: withLock(adapter.executeScript),
    startTransaction: () => startTransaction(adapter, mutex),
    dispose: () => adapter.dispose(),
  };
}

/**
 * Returns an adapter that does not take the mutex for each call. Use it for snapshots. Also use it for calls in a
 * transaction, because the transaction already holds the mutex.
 */
function unguarded(adapter: SqlDriverAdapter): SqlDriverAdapter {
  // Savepoints nest, so two that overlap would undo each other's work. This mutex lets one run at a time.
  const mutex = new Mutex();
  return {
    ...callsOf(adapter),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: () => startSavepoint(adapter, mutex),
    dispose: async () => {},
  };
}

function inTurns(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    ...adapter,
    queryRaw: async (query) => {
      const turn = yieldIfQueriesTookTooLong();
      if (turn) await turn;
      return adapter.queryRaw(query);
    },
  };
}

/** Starts a transaction that Prisma requests internally, because one of its calls needs several statements. */
async function startTransaction(adapter: SqlDriverAdapter, mutex: Mutex): Promise<Transaction> {
  const sinceMs = performance.now();
  const release = await mutex.lock();
  const commit = async () => {
    try {
      await adapter.executeScript("COMMIT");
    } catch (error) {
      // A failed COMMIT leaves the transaction open. Without this ROLLBACK, every later write would become part of it.
      await adapter.executeScript("ROLLBACK").catch(() => {});
      throw error;
    }
  };
  try {
    await retryUntilUnlocked(() => adapter.executeScript("BEGIN IMMEDIATE"), sinceMs);
  } catch (error) {
    release();
    throw error;
  }
  return transactionOf(adapter, {
    commit: () => commit().finally(release),
    rollback: () => adapter.executeScript("ROLLBACK").finally(release),
  });
}

async function startSavepoint(adapter: SqlDriverAdapter, mutex: Mutex): Promise<Transaction> {
  const release = await mutex.lock();
  await adapter.executeScript("SAVEPOINT within");
  return transactionOf(adapter, {
    commit: () => adapter.executeScript("RELEASE within").finally(release),
    rollback: () => adapter.executeScript("ROLLBACK TO within; RELEASE within").finally(release),
  });
}

/**
 * Returns a transaction for Prisma. Because of `usePhantomQuery`, Prisma does not send COMMIT or ROLLBACK. It calls the
 * functions in `ends` instead.
 */
function transactionOf(adapter: SqlDriverAdapter, ends: Pick<Transaction, "commit" | "rollback">): Transaction {
  return { ...callsOf(adapter), options: { usePhantomQuery: true }, ...ends };
}

function callsOf(adapter: SqlDriverAdapter) {
  const { provider, adapterName } = adapter;
  const { queryRaw, executeRaw } = adapter;
  return { provider, adapterName, queryRaw: queryRaw.bind(adapter), executeRaw: executeRaw.bind(adapter) };
}

async function assertSafe(db: PrismaClient): Promise<void> {
  const [{ version }] = await db.$queryRaw<[{ version: string }]>`SELECT sqlite_version() AS version`;
  const parts = version.split(".").map(Number);
  const older = MIN_SQLITE_VERSION.map((n, i) => (parts[i] ?? 0) - n).find((difference) => difference !== 0) ?? 0;
  if (older < 0) throw new Error(`database: SQLite ${version} is older than ${MIN_SQLITE_VERSION.join(".")}`);
  const [wal] = await db.$queryRaw<[{ journal_mode: string }]>`PRAGMA journal_mode`;
  const [sync] = await db.$queryRaw<[{ synchronous: bigint }]>`PRAGMA synchronous`;
  const [deleted] = await db.$queryRaw<[{ secure_delete: bigint }]>`PRAGMA secure_delete`;
  const [keys] = await db.$queryRaw<[{ foreign_keys: bigint }]>`PRAGMA foreign_keys`;
  if (wal.journal_mode !== "wal") throw new Error("database: write-ahead logging is off");
  if (Number(sync.synchronous) !== 2) throw new Error("database: synchronous is not FULL");
  if (Number(deleted.secure_delete) !== 1)
    throw new Error("database: secure_delete is off, so deleted rows stay in the file");
  if (Number(keys.foreign_keys) !== 1) throw new Error("database: foreign keys are off");
}
