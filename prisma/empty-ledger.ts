// Gives a test an open, empty ledger. Opening a ledger takes longer than most tests, so each process empties and reuses
// the ledgers that it has opened.
//
// const db = await openEmptyLedger(); // instead of openDatabase(await createFreshLedger())
//
// A ledger opened in a test or in beforeEach is released when the test ends. Release one opened in beforeAll with
// `db.$disconnect()`; otherwise it stays open until the process exits. Each call gives a ledger that nobody else is
// using. Using a released ledger throws.
import Database from "better-sqlite3";
import pg from "pg";
import { onTestFinished } from "vitest";
import { type Db, openDatabase } from "../systems/database";
import { withReplacedDbMethods } from "../systems/replaced-methods";
import { createFreshLedger, testDatabaseProvider } from "./fresh-ledger";

type Reusable = {
  db: Db;
  /**
   * Empties the ledger for the next test. Returns false if a test has changed the schema or is still writing: the
   * ledger then cannot be used again.
   */
  empty(): Promise<boolean>;
};

/** The ledgers that no test is using. All test files that run in this process share these ledgers. */
const processWide = globalThis as typeof globalThis & { emptyLedgers?: Map<string, Reusable[]> };
processWide.emptyLedgers ??= new Map();
const free = processWide.emptyLedgers.get(testDatabaseProvider) ?? [];
processWide.emptyLedgers.set(testDatabaseProvider, free);

export async function openEmptyLedger(): Promise<Db> {
  const ledger = free.pop() ?? (await open());
  let isLent = true;
  const giveBack = async () => {
    if (!isLent) return;
    isLent = false;
    if (await ledger.empty()) free.push(ledger);
    else await ledger.db.$disconnect();
  };
  giveBackAfterTest(giveBack);
  return new Proxy(withReplacedDbMethods(ledger.db, { $disconnect: giveBack }), {
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
    // onTestFinished() throws outside a test, for example in beforeAll. The caller must then call $disconnect.
  }
}

async function open(): Promise<Reusable> {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  await stopWaitingForDisk(db);
  return { db, empty: testDatabaseProvider === "sqlite" ? emptierOfFile(url) : await emptierOfServer(url) };
}

/**
 * Lets the database commit without waiting for the disk, which makes tests faster. Must be called after the ledger was
 * opened, because the site refuses to open a ledger with this setting.
 */
async function stopWaitingForDisk(db: Db): Promise<void> {
  if (testDatabaseProvider === "sqlite") return void (await db.$executeRawUnsafe("PRAGMA synchronous = OFF"));
  const [{ name }] = await db.$queryRaw<[{ name: string }]>`SELECT current_database()::text AS name`;
  await db.$executeRawUnsafe("SET synchronous_commit = off");
  // Connections that the pool opens later get the setting from the database.
  await db.$executeRawUnsafe(`ALTER DATABASE "${name}" SET synchronous_commit = off`);
}

/**
 * Returns a function that empties a ledger on SQLite. Triggers forbid the deletion of ledger entries. So the function
 * drops the triggers, deletes the rows and creates the triggers again.
 */
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

/**
 * Larger tables are emptied with TRUNCATE. Smaller tables are emptied with DELETE, which is faster, because TRUNCATE
 * creates new files. Before the DELETE, triggers must be turned off, which only a superuser can do. For other roles, all tables are truncated.
 */
const MAX_DELETED_BYTES = 1_000_000;

/**
 * Returns a function that empties a ledger on PostgreSQL. It keeps its connection, because a new connection would read
 * the catalogue again. To delete rows, it turns off the triggers that protect entries (`session_replication_role =
 * replica`), which only a superuser can do.
 */
async function emptierOfServer(url: string): Promise<() => Promise<boolean>> {
  const client = new pg.Client({ connectionString: url });
  // Ignores the loss of the connection, because a test can end all connections of its ledger. The next query then
  // fails, so the ledger is not used again.
  client.on("error", () => {});
  await client.connect();
  const asMade = await listTriggers(client);
  const listUsed = await queryForUsedTables(client);
  const empty = async () => {
    if ((await listTriggers(client)) !== asMade) return false;
    const used = await client.query<{ name: string; is_truncated: boolean }>(listUsed);
    if (used.rows.length > 0) await client.query(scriptToEmpty(used.rows));
    return true;
  };
  return async () => {
    const isEmpty = await empty().catch(() => false);
    if (!isEmpty) await client.end().catch(() => {});
    return isEmpty;
  };
}

/**
 * Returns the script that empties these tables. The script waits up to a second for locks of transactions that a test
 * left open. Then it fails.
 */
function scriptToEmpty(used: { name: string; is_truncated: boolean }[]): string {
  const quoted = (tables: typeof used) => tables.map(({ name }) => `"${name}"`);
  const truncated = quoted(used.filter((table) => table.is_truncated));
  const deleted = quoted(used.filter((table) => !table.is_truncated));
  return [
    "BEGIN",
    "SET LOCAL lock_timeout = '1s'",
    `LOCK TABLE ${quoted(used).join(", ")} IN ACCESS EXCLUSIVE MODE`,
    ...(deleted.length > 0 ? ["SET LOCAL session_replication_role = replica"] : []),
    ...deleted.map((table) => `DELETE FROM ${table}`),
    // CASCADE also truncates the tables that refer to these tables. Those are in the same list, or already empty.
    ...(truncated.length > 0 ? [`TRUNCATE ${truncated.join(", ")} CASCADE`] : []),
    "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence",
    "COMMIT",
  ].join(";\n");
}

/**
 * Returns the names of all triggers as one text. The text changes if a test drops a trigger. Tests never change tables,
 * so the tables need no such check.
 */
async function listTriggers(client: pg.Client): Promise<string> {
  const text = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname";
  const { rows } = await client.query({ name: "triggers", text });
  return rows.map(({ tgname }) => tgname).join();
}

/**
 * Returns a query that selects the names of the tables that have rows. The query has a name, so that PostgreSQL plans
 * it only once for each connection.
 */
async function queryForUsedTables(client: pg.Client): Promise<{ name: string; text: string }> {
  const { rows } = await client.query(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  const isTruncated = `current_setting('is_superuser') = 'off' OR pg_relation_size(name::regclass) > ${MAX_DELETED_BYTES}`;
  const tables = rows.map(({ name }) => `SELECT '"${name}"' AS name WHERE EXISTS (SELECT 1 FROM "${name}")`);
  const text = `SELECT trim(name, '"') AS name, ${isTruncated} AS is_truncated FROM (${tables.join(" UNION ALL ")}) AS used`;
  return { name: "used-tables", text };
}
