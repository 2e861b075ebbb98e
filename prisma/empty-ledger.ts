// An open, empty ledger for a test. Opening one takes longer than most tests, so each process reuses the ledgers that it has opened
// and empties them between tests.
//
//   const db = await emptyLedger();                         // instead of openDatabase(await freshLedger())
//
// Called in a test or in beforeEach, it returns the ledger automatically when the test ends. Called in beforeAll, the test returns it
// with `db.$disconnect()`, or it ends with the process. Two calls give two ledgers. Using one after its return throws.
import Database from "better-sqlite3";
import pg from "pg";
import { onTestFinished } from "vitest";
import { type Db, openDatabase, withReplacedMethods } from "../systems/database";
import { freshLedger, provider } from "./fresh-ledger";

type Reusable = {
  db: Db;
  /**
   * Empties the ledger for the next test. False if it differs from what the migrations made, or is still being written to; it is
   * then not used again.
   */
  empty(): Promise<boolean>;
};

/** The ledgers that no test is using. All test files of this process share them. */
const processWide = globalThis as typeof globalThis & { emptyLedgers?: Map<string, Reusable[]> };
processWide.emptyLedgers ??= new Map();
const free = processWide.emptyLedgers.get(provider) ?? [];
processWide.emptyLedgers.set(provider, free);

export async function emptyLedger(): Promise<Db> {
  const ledger = free.pop() ?? (await open());
  let isLent = true;
  const giveBack = async () => {
    if (!isLent) return;
    isLent = false;
    if (await ledger.empty()) free.push(ledger);
    else await ledger.db.$disconnect();
  };
  giveBackAfterTest(giveBack);
  return new Proxy(withReplacedMethods(ledger.db, { $disconnect: giveBack }), {
    get(target, name) {
      if (!isLent && name !== "$disconnect") throw new Error("emptyLedger: this ledger was returned");
      return Reflect.get(target, name);
    },
  });
}

function giveBackAfterTest(giveBack: () => Promise<void>): void {
  try {
    onTestFinished(giveBack);
  } catch {
    // Outside a test, in beforeAll, there is no test to wait for: the caller calls $disconnect itself.
  }
}

async function open(): Promise<Reusable> {
  const url = await freshLedger();
  const db = await openDatabase(url);
  // No test of this ledger pulls the plug, and waiting for the disk takes longer than all else. fresh-ledger.ts waits for it.
  if (provider === "sqlite") await db.$executeRawUnsafe("PRAGMA synchronous = OFF");
  return { db, empty: provider === "sqlite" ? emptierOfFile(url) : emptierOfServer(url) };
}

/** Returns a function that empties a SQLite ledger. Triggers refuse to delete entries, so it drops them and creates them again. */
function emptierOfFile(url: string): () => Promise<boolean> {
  const file = new Database(url.slice("file:".length), { timeout: 0 });
  file.pragma("synchronous = OFF");
  file.pragma("foreign_keys = OFF");
  const readSchema = file.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name");
  const schema = readSchema.all() as SchemaRow[];
  const tables = schema.filter(({ type }) => type === "table").map(({ name }) => tableIn(file, { name, schema }));
  const asMade = JSON.stringify(schema);
  const emptyAll = file.transaction(() => {
    for (const table of tables) if (table.hasRows()) table.empty();
  });
  return async () => {
    if (JSON.stringify(readSchema.all()) !== asMade) return false;
    try {
      emptyAll.immediate();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === "SQLITE_BUSY") return false;
      throw error;
    }
  };
}

type SchemaRow = { type: string; name: string; tbl_name: string; sql: string };

function tableIn(file: Database.Database, { name, schema }: { name: string; schema: SchemaRow[] }) {
  const triggers = schema.filter(({ type, tbl_name }) => type === "trigger" && tbl_name === name);
  const first = file.prepare(`SELECT 1 FROM "${name}" LIMIT 1`);
  const script = [
    ...triggers.map((trigger) => `DROP TRIGGER "${trigger.name}"`),
    `DELETE FROM "${name}"`,
    ...triggers.map(({ sql }) => sql),
  ].join(";\n");
  return { hasRows: () => first.get() !== undefined, empty: () => file.exec(script) };
}

/** Returns a function that empties a PostgreSQL ledger. TRUNCATE does not run the row triggers that protect entries. */
function emptierOfServer(url: string): () => Promise<boolean> {
  return async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query(
        "SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
      );
      await client.query(`SET lock_timeout = '1s'; TRUNCATE ${rows[0].tables} RESTART IDENTITY`);
      return true;
    } catch {
      return false;
    } finally {
      await client.end();
    }
  };
}
