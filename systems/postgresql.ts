// The ledger in PostgreSQL, for several instances of the site at once. Every transaction has its turn, whichever instance it
// belongs to, as in SQLite: so the domain is written once, and nothing that it reads in one can change before it is written.
// Why not serialisable transactions, with figures: docs/decisions/007-postgresql.md.
import { setTimeout } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Transaction } from "@prisma/driver-adapter-utils";
import { PrismaClient } from "../generated/postgresql/client";
import { type Db, type Tx, withOurs } from "./database";
import { Mutex } from "./mutex";

const OLDEST_MAJOR = 14;
/** Of each instance; PostgreSQL's own default allows 100 in all. */
const MOST_CONNECTIONS = 10;
const PATIENCE = { maxWait: 10_000, timeout: 15_000, isolationLevel: "ReadCommitted" } as const;
/** Any number, as long as nobody else takes it in this database. */
const TURN = 20_261_124;
/** Released by the server where the instance that holds the turn has died without a word. */
const TAKE_TURN = `
  SET LOCAL lock_timeout = '${PATIENCE.maxWait}ms';
  SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE.timeout}ms';
  SELECT pg_advisory_xact_lock(${TURN})`;
/** The sums of all entries are derived in one reading. */
const LONGEST_READING_MS = 60 * 60 * 1000;
const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 5;

class SerialPostgres extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    // Within one instance the waiting is done here, so that it never holds the connections that readers need.
    const turn = new Mutex();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const release = await turn.take();
      try {
        const tx = await start(level);
        const { commit, rollback } = tx;
        tx.commit = () => commit.call(tx).finally(release);
        tx.rollback = () => rollback.call(tx).finally(release);
        await takeTurn(tx);
        return tx;
      } catch (error) {
        release();
        throw error;
      }
    };
    return adapter;
  }
}

/** Ends the transaction where the turn does not come in time. */
async function takeTurn(tx: Transaction): Promise<void> {
  try {
    await tx.executeRaw({ sql: TAKE_TURN, args: [], argTypes: [] });
  } catch (error) {
    await tx.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] }).catch(() => {});
    await tx.rollback();
    throw error;
  }
}

/** Throws where the server does not do what protects the money. */
export async function openPostgres(url: string): Promise<Db> {
  const adapter = new SerialPostgres({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: PATIENCE.maxWait,
  });
  // Minimal: a longer error would repeat the values of the query, and errors end up in logs.
  const db = new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: PATIENCE });
  try {
    await assertSafe(db);
  } catch (error) {
    await db.$disconnect();
    throw error;
  }
  const $snapshot = <Result>(read: (tx: Tx) => Promise<Result>) => readAside(url, read);
  // What is deleted goes with PostgreSQL's own vacuum.
  const $clearTraces = async () => true;
  return withOurs(db as unknown as Db, { $transaction: withRetries(db as unknown as Db), $snapshot, $clearTraces });
}

/** On a connection of its own and in nobody's turn. The moment is that of the first question. */
async function readAside<Result>(url: string, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  const adapter = new PrismaPg({ connectionString: url, max: 1, connectionTimeoutMillis: PATIENCE.maxWait });
  const client = new PrismaClient({ adapter, errorFormat: "minimal" });
  try {
    return await client.$transaction(
      async (tx) => {
        await tx.$executeRaw`SET TRANSACTION READ ONLY`;
        return await read(tx as unknown as Tx);
      },
      { isolationLevel: "RepeatableRead", maxWait: PATIENCE.maxWait, timeout: LONGEST_READING_MS },
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
  if (major < OLDEST_MAJOR) throw new Error(`database: PostgreSQL ${major} is older than ${OLDEST_MAJOR}`);
  for (const name of ["fsync", "synchronous_commit"])
    if (settings.get(name) === "off") throw new Error(`database: ${name} is off`);
  if (settings.get("server_encoding") !== "UTF8") throw new Error("database: the encoding is not UTF8");
  const [{ half }] = await db.$queryRaw<[{ half: boolean }]>`SELECT to_regclass('"_ledger_move"') IS NOT NULL AS half`;
  if (half) throw new Error("database: a move into this ledger is not finished: npm run ledger:move");
  if (!(await holdsTurns(db))) throw new Error("database: this server does not keep advisory locks");
}

/** Some engines that speak PostgreSQL's language accept the lock and do nothing. */
function holdsTurns(db: PrismaClient): Promise<boolean> {
  return db.$transaction(async () => {
    // Not in the transaction: another connection, which must not get what the transaction holds.
    const [other] = await db.$queryRaw<[{ free: boolean }]>`SELECT pg_try_advisory_xact_lock(${TURN}::bigint) AS free`;
    return !other.free;
  });
}

/** Interactive transactions are begun again where they met a write that had no turn to wait for. */
function withRetries(db: Db) {
  const once = db.$transaction.bind(db) as (work: unknown, options?: unknown) => Promise<unknown>;
  return (work: ((tx: Tx) => Promise<unknown>) | unknown[], options?: unknown) =>
    typeof work === "function" ? again(() => once(work, options)) : once(work, options);
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (attempt === MOST_TRIES || !metAnother(error)) throw error;
      await setTimeout(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
}

type Told = { code?: unknown; cause?: { kind?: unknown }; meta?: { driverAdapterError?: Told } };

/**
 * P2034: a conflict or a deadlock, which the adapter tells unwrapped where it was met at COMMIT, and wrapped where the statement
 * was raw. P2002, and by its kind where the statement was raw: a row that was looked for in vain has been written meanwhile; begun
 * again, the transaction finds it.
 */
function metAnother(error: unknown): boolean {
  const told = error as Told | null;
  if (told?.code === "P2034" || told?.code === "P2002") return true;
  const cause = told?.cause ?? told?.meta?.driverAdapterError?.cause;
  return cause?.kind === "TransactionWriteConflict" || cause?.kind === "UniqueConstraintViolation";
}
