// Opens a ledger on PostgreSQL. An advisory lock runs transactions one at a time across all instances, as SQLite does.
// If all writes take the lock, nothing that a transaction has read can change before it writes
// (docs/decisions/007-postgresql.md).

import { setTimeout } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Transaction } from "@prisma/driver-adapter-utils";
import type { Db, Tx } from "../domain/database";
import { PrismaClient } from "../generated/postgresql/client";
import { Mutex } from "./mutex";
import { withReplacedDbMethods } from "./replaced-methods";

const MIN_MAJOR_VERSION = 14;
/** The most connections of one instance. By default PostgreSQL allows 100 for all clients together. */
const MAX_CONNECTIONS = 10;
const TRANSACTION = { maxWait: 10_000, timeout: 15_000, isolationLevel: "ReadCommitted" } as const;
/** The number of the advisory lock. It is arbitrary, but no other advisory lock in this database may use it. */
const LOCK_ID = 20_261_124;
/**
 * Takes the lock for one transaction. If the instance that runs the transaction dies, PostgreSQL ends the transaction
 * at the latest after the idle timeout. This releases the lock.
 */
const TAKE_LOCK = `
  SET LOCAL lock_timeout = '${TRANSACTION.maxWait}ms';
  SET LOCAL idle_in_transaction_session_timeout = '${TRANSACTION.timeout}ms';
  SELECT pg_advisory_xact_lock(${LOCK_ID})`;
/** The time limit of a snapshot. It is long enough to compute the totals of all entries in one snapshot. */
const SNAPSHOT_TIMEOUT_MS = 60 * 60 * 1000;
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 5;

class SerialPostgres extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    // Transactions of this instance wait here before they take a connection. So they do not use up the connections that
    // queries outside of transactions need.
    const mutex = new Mutex();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const release = await mutex.lock();
      try {
        const tx = await start(level);
        const { commit, rollback } = tx;
        tx.commit = () => commit.call(tx).finally(release);
        tx.rollback = () => rollback.call(tx).finally(release);
        await takeLock(tx);
        return tx;
      } catch (error) {
        release();
        throw error;
      }
    };
    return adapter;
  }
}

/** Takes the lock. If the lock does not become free in time, ends the transaction and throws. */
async function takeLock(tx: Transaction): Promise<void> {
  try {
    await tx.executeRaw({ sql: TAKE_LOCK, args: [], argTypes: [] });
  } catch (error) {
    await tx.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] }).catch(() => {});
    await tx.rollback();
    throw error;
  }
}

/**
 * Opens the ledger. Throws if the server is too old or lacks a feature or setting that protects money. Also throws if
 * the ledger is unfinished: a move of another ledger into it, or a restore of a backup, was not completed. Only a
 * restore sets `isBeingRestored`, so that it can open the ledger that it has not finished yet.
 */
export async function openPostgres(url: string, { isBeingRestored = false } = {}): Promise<Db> {
  const adapter = new SerialPostgres({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: TRANSACTION.maxWait,
  });
  // Prisma's longer errors repeat the query's values, and errors get into logs.
  const db = new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: TRANSACTION });
  try {
    await assertSafe(db);
    if (!isBeingRestored) await assertFinished(db);
  } catch (error) {
    await db.$disconnect();
    throw error;
  }
  const $snapshot = <Result>(read: (tx: Tx) => Promise<Result>) => readSnapshot(url, read);
  // There is nothing to do: PostgreSQL's own vacuum removes deleted rows.
  const $purgeOldValues = async () => true;
  return withReplacedDbMethods(db as unknown as Db, {
    $transaction: withRetries(db as unknown as Db),
    $snapshot,
    $purgeOldValues,
  });
}

/** Reads on a separate connection, without the lock. All queries see the data as it was at the first query. */
async function readSnapshot<Result>(url: string, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  const adapter = new PrismaPg({ connectionString: url, max: 1, connectionTimeoutMillis: TRANSACTION.maxWait });
  const client = new PrismaClient({ adapter, errorFormat: "minimal" });
  try {
    return await client.$transaction(
      async (tx) => {
        await tx.$executeRaw`SET TRANSACTION READ ONLY`;
        return await read(tx as unknown as Tx);
      },
      { isolationLevel: "RepeatableRead", maxWait: TRANSACTION.maxWait, timeout: SNAPSHOT_TIMEOUT_MS },
    );
  } finally {
    await client.$disconnect();
  }
}

async function assertSafe(db: PrismaClient): Promise<void> {
  const rows = await db.$queryRaw<{ name: string; setting: string }[]>`
    SELECT name, setting FROM pg_settings
    WHERE name IN ('server_version_num', 'fsync', 'synchronous_commit', 'server_encoding')`;
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const major = Math.floor(Number(settings.get("server_version_num")) / 10_000);
  if (major < MIN_MAJOR_VERSION) throw new Error(`database: PostgreSQL ${major} is older than ${MIN_MAJOR_VERSION}`);
  for (const name of ["fsync", "synchronous_commit"])
    if (settings.get(name) === "off") throw new Error(`database: ${name} is off`);
  if (settings.get("server_encoding") !== "UTF8") throw new Error("database: the encoding is not UTF8");
  if (!(await keepsAdvisoryLocks(db))) throw new Error("database: this server does not keep advisory locks");
}

async function assertFinished(db: PrismaClient): Promise<void> {
  const [half] = await db.$queryRaw<[{ moved: boolean; restored: boolean }]>`
    SELECT to_regclass('"_ledger_move"') IS NOT NULL AS moved, to_regclass('"_ledger_restore"') IS NOT NULL AS restored`;
  if (half.moved) throw new Error("database: a move into this ledger is not finished: npm run ledger:move");
  if (half.restored)
    throw new Error("database: a restore into this ledger was cut off: restore the backup into an empty database");
}

/**
 * Returns true if advisory locks work: a second connection cannot take a lock that another connection holds. Some
 * PostgreSQL-compatible engines accept such locks but ignore them.
 */
function keepsAdvisoryLocks(db: PrismaClient): Promise<boolean> {
  return db.$transaction(async () => {
    // $transaction() has already taken the advisory lock. The query through `db` uses a second connection, which must
    // now fail to take the lock.
    const [other] = await db.$queryRaw<
      [{ free: boolean }]
    >`SELECT pg_try_advisory_xact_lock(${LOCK_ID}::bigint) AS free`;
    return !other.free;
  });
}

/**
 * Returns a $transaction that repeats an interactive transaction after a conflict. Only writes that do not take the
 * advisory lock can cause such a conflict.
 */
function withRetries(db: Db) {
  const once = db.$transaction.bind(db) as (work: unknown, options?: unknown) => Promise<unknown>;
  return (work: ((tx: Tx) => Promise<unknown>) | unknown[], options?: unknown) =>
    typeof work === "function" ? withConflictRetry(() => once(work, options)) : once(work, options);
}

async function withConflictRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isConflict(error)) throw error;
      await setTimeout(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
}

type AdapterError = { code?: unknown; cause?: { kind?: unknown }; meta?: { driverAdapterError?: AdapterError } };

/**
 * Returns true if a second attempt can succeed. P2034: a conflict or deadlock. P2002: another transaction has inserted
 * the row that this one wanted to insert; a second attempt finds it. If COMMIT or a raw statement fails, the error
 * contains the adapter's names for these cases instead of the codes.
 */
function isConflict(error: unknown): boolean {
  const adapterError = error as AdapterError | null;
  if (adapterError?.code === "P2034" || adapterError?.code === "P2002") return true;
  const cause = adapterError?.cause ?? adapterError?.meta?.driverAdapterError?.cause;
  return cause?.kind === "TransactionWriteConflict" || cause?.kind === "UniqueConstraintViolation";
}
