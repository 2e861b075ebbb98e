// The ledger in a SQLite file. One connection serves the process, and everything on it has its turn: a query that does not belong
// to an open transaction would otherwise run inside it, where a rollback would undo it.
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, Transaction } from "@prisma/driver-adapter-utils";
import type { Database } from "better-sqlite3";
import { PrismaClient } from "../../generated/sqlite/client";
import { crashPoint } from "../crash-points";
import { type Db, type Tx, withOurs } from "../database";
import { statementsOn } from "../fast-path/sqlite-statements";
import { transactionsOn } from "../fast-path/sqlite-transaction";
import { Mutex } from "../mutex";
import { untilUnlocked } from "./lock";

/** Older SQLite can corrupt a WAL database (sqlite.org/wal.html, the WAL-reset bug). */
const OLDEST_SQLITE = [3, 51, 3];
/** `timeout`: SQLite itself waits for no lock (lock.ts). */
const CONNECTION = { timeout: 0 };
const SAFE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

/** `file:PATH`, relative to the working directory. Throws where a setting that protects the money did not take. */
export async function openSqlite(url: string): Promise<Db> {
  const path = resolve(url.replace(/^file:/, ""));
  mkdirSync(dirname(path), { recursive: true });
  const adapter = await new PrismaBetterSqlite3({ url: `file:${path}`, ...CONNECTION }).connect();
  await untilUnlocked(() => adapter.executeScript(SAFE));
  const connection = connectionOf(adapter);
  const turn = new Mutex();
  const db = clientOn(inTurn(adapter, turn));
  const inside = clientOn(withoutTurn(adapter));
  const raw = statementsOn(connection);
  const beforeCommit = () => crashPoint("mid-transaction");
  await assertSafe(db);
  return withOurs(db, {
    $transaction: transactionsOn({ connection, turn, inside, raw, beforeCommit }),
    $snapshot: <Result>(read: (tx: Tx) => Promise<Result>) => readAside(path, read),
    $clearTraces: async () => {
      const release = await turn.take();
      try {
        return truncateLog(connection);
      } finally {
        release();
      }
    },
    $disconnect: async () => {
      const release = await turn.take();
      await inside.$disconnect();
      await db.$disconnect();
      release();
    },
  });
}

/** The write-ahead log keeps pages as they were. Waits for nobody: a reader of this process could not go on meanwhile. */
function truncateLog(connection: Database): boolean {
  return Number(connection.pragma("wal_checkpoint(TRUNCATE)", { simple: true })) === 0;
}

/** On a connection of its own, which SQLite's write-ahead log shows the same moment until it is closed. */
async function readAside<Result>(path: string, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  const adapter = await new PrismaBetterSqlite3({ url: `file:${path}`, ...CONNECTION, readonly: true }).connect();
  const client = clientOn(withoutTurn(adapter));
  try {
    // The moment is that of the first question.
    await adapter.executeScript("BEGIN");
    await untilUnlocked(() => adapter.executeScript("SELECT 1 FROM sqlite_schema"));
    return await read(client);
  } finally {
    await client.$disconnect();
    await adapter.dispose();
  }
}

function clientOn(adapter: SqlDriverAdapter): PrismaClient {
  const { provider, adapterName } = adapter;
  // Minimal: a longer error would repeat the values of the query, and errors end up in logs.
  return new PrismaClient({
    adapter: { provider, adapterName, connect: async () => adapter },
    errorFormat: "minimal",
  });
}

/** The adapter keeps it to itself, and two connections would wait for each other. Its version is fixed in package.json. */
function connectionOf(adapter: SqlDriverAdapter): Database {
  const { client } = adapter as unknown as { client?: Database };
  if (typeof client?.prepare !== "function") throw new Error("database: the adapter has no connection that we know");
  return client;
}

/** For whoever is in no transaction of ours. */
function inTurn(adapter: SqlDriverAdapter, turn: Mutex): SqlDriverAdapter {
  const alone =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      const sinceMs = performance.now();
      const release = await turn.take();
      try {
        return await untilUnlocked(() => call.apply(adapter, args), sinceMs);
      } finally {
        release();
      }
    };
  return {
    ...callsOf(adapter),
    queryRaw: alone(adapter.queryRaw),
    executeRaw: alone(adapter.executeRaw),
    executeScript: alone(adapter.executeScript),
    startTransaction: () => startOwn(adapter, turn),
    dispose: () => adapter.dispose(),
  };
}

/** For the one whose turn it is: calls of a transaction that we have begun. */
function withoutTurn(adapter: SqlDriverAdapter): SqlDriverAdapter {
  // Savepoints stand one in another: two that overlap would undo each other's work.
  const turn = new Mutex();
  return {
    ...callsOf(adapter),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: () => startWithin(adapter, turn),
    dispose: async () => {},
  };
}

/** Prisma begins one where a single call takes several statements. */
async function startOwn(adapter: SqlDriverAdapter, turn: Mutex): Promise<Transaction> {
  const sinceMs = performance.now();
  const release = await turn.take();
  const commit = async () => {
    try {
      await adapter.executeScript("COMMIT");
    } catch (error) {
      // A refused COMMIT leaves the transaction open, and it would swallow every write that follows.
      await adapter.executeScript("ROLLBACK").catch(() => {});
      throw error;
    }
  };
  try {
    await untilUnlocked(() => adapter.executeScript("BEGIN IMMEDIATE"), sinceMs);
  } catch (error) {
    release();
    throw error;
  }
  return transactionOf(adapter, {
    commit: () => commit().finally(release),
    rollback: () => adapter.executeScript("ROLLBACK").finally(release),
  });
}

async function startWithin(adapter: SqlDriverAdapter, turn: Mutex): Promise<Transaction> {
  const release = await turn.take();
  await adapter.executeScript("SAVEPOINT within");
  return transactionOf(adapter, {
    commit: () => adapter.executeScript("RELEASE within").finally(release),
    rollback: () => adapter.executeScript("ROLLBACK TO within; RELEASE within").finally(release),
  });
}

/** Phantom: Prisma leaves the statements that end it to us. */
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
  const older = OLDEST_SQLITE.map((n, i) => (parts[i] ?? 0) - n).find((difference) => difference !== 0) ?? 0;
  if (older < 0) throw new Error(`database: SQLite ${version} is older than ${OLDEST_SQLITE.join(".")}`);
  const [wal] = await db.$queryRaw<[{ journal_mode: string }]>`PRAGMA journal_mode`;
  const [sync] = await db.$queryRaw<[{ synchronous: bigint }]>`PRAGMA synchronous`;
  const [deleted] = await db.$queryRaw<[{ secure_delete: bigint }]>`PRAGMA secure_delete`;
  const [keys] = await db.$queryRaw<[{ foreign_keys: bigint }]>`PRAGMA foreign_keys`;
  if (wal.journal_mode !== "wal") throw new Error("database: write-ahead logging is off");
  if (Number(sync.synchronous) !== 2) throw new Error("database: synchronous is not FULL");
  if (Number(deleted.secure_delete) !== 1) throw new Error("database: what is deleted stays in the file");
  if (Number(keys.foreign_keys) !== 1) throw new Error("database: foreign keys are off");
}
