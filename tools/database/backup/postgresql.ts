// Reads and restores a ledger on PostgreSQL. Uses plain SQL, so that nobody needs to install pg_dump in the server's
// version. Reads from one snapshot while every instance goes on writing. Restores all rows in one transaction.
import pg from "pg";
import { CommandError } from "../../run/console.mjs";
import { findFilledTable } from "../ledger-move/filled-table";
import { advanceSequences } from "../ledger-move/sequences";
import { inForeignKeyOrder } from "../ledger-move/table-order";
import { connectIfDatabaseExists } from "../migrate/postgresql.mjs";
import { migrate } from "../migrate.mjs";
import {
  type ArchivedRow,
  type ArchivedTable,
  type BackupArchiveHeader,
  type LedgerSnapshotReader,
  type RestoreTarget,
  type RowBatch,
  requireEqualTables,
  tableChecksumsOf,
} from "./archive";

const BATCH_ROWS = 1_000;
/**
 * The name of a table that marks an unfinished restore. The restore commits this table together with the rows, and
 * drops it after the erasures. While the table exists, the site refuses to start.
 */
const UNFINISHED = "_ledger_restore";
const DROP_UNFINISHED = `DROP TABLE "${UNFINISHED}"`;
const TABLES = `
  SELECT c.relname AS name,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT coalesce(json_agg(o.relname), '[]') FROM pg_constraint f JOIN pg_class o ON o.oid = f.confrelid
      WHERE f.conrelid = c.oid AND f.contype = 'f') AS "refersTo"
  FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'`;

/**
 * Opens a ledger for reading. Throws a CommandError if there is no ledger, or if a move or a restore into it is not
 * finished.
 */
export async function openPostgresLedger(url: string): Promise<LedgerSnapshotReader> {
  const client = await connect(url);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await readerOf(client);
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function readerOf(client: pg.Client): Promise<LedgerSnapshotReader> {
  const tables = await tablesOf(client);
  if (tables.length === 0) throw new CommandError("There is no ledger in this database.");
  if (tables.some(({ name }) => name === "_ledger_move"))
    throw new CommandError("A move into this ledger is not finished.");
  if (tables.some(({ name }) => name === UNFINISHED))
    throw new CommandError("A restore into this ledger was cut off. It still has people who have erased themselves.");
  return {
    provider: "postgresql",
    migrations: await migrationsIn(client),
    tables,
    batches: (table) => batchesOf(client, table),
    close: () => client.end(),
  };
}

async function* batchesOf(client: pg.Client, { name, columns }: ArchivedTable): AsyncGenerator<ArchivedRow[]> {
  const texts = columns.map((column) => `"${column.name}"::text`).join(", ");
  await client.query(`DECLARE batch NO SCROLL CURSOR FOR SELECT ${texts} FROM "${name}"`);
  for (;;) {
    const { rows } = await client.query<ArchivedRow>({ text: `FETCH ${BATCH_ROWS} FROM batch`, rowMode: "array" });
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query("CLOSE batch");
}

/**
 * Prepares a database for a restore and applies the backup's migrations. Throws a CommandError if the database has
 * rows, an unfinished restore, or other migrations than the backup. If it has rows, changes nothing in it.
 */
export async function beginPostgresRestore(url: string, head: BackupArchiveHeader): Promise<RestoreTarget> {
  await requireNothingToOverwrite(url);
  await migrate(url, { only: head.migrations });
  const client = await connect(url);
  try {
    await client.query("BEGIN");
    await requireEmpty(client);
    await requireMigrations(client, head);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    write: (batch) => write(client, { head, batch }),
    async commit(manifest, beforeRelease) {
      requireEqualTables(manifest, await tableChecksumsOf(await readerOf(client)));
      await advanceSequences(client);
      await client.query(`CREATE TABLE "${UNFINISHED}" ()`);
      await client.query("COMMIT");
      // Commits before it calls `beforeRelease`, because that function opens other connections, which see only
      // committed rows.
      await beforeRelease(url).catch(async (error: unknown) => {
        await deleteAllRows(client);
        throw error;
      });
      await client.query(DROP_UNFINISHED);
      await client.end();
    },
    discard: () => client.end(),
  };
}

async function deleteAllRows(client: pg.Client): Promise<void> {
  const names = (await tablesOf(client)).map(({ name }) => `"${name}"`);
  await client.query(`TRUNCATE ${names.join(", ")}; ${DROP_UNFINISHED}`);
}

async function requireNothingToOverwrite(url: string): Promise<void> {
  const existing = await connectIfDatabaseExists(url);
  try {
    if (existing) await requireEmpty(existing);
  } finally {
    await existing?.end();
  }
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const tables = await tablesOf(client);
  if (tables.some(({ name }) => name === UNFINISHED))
    throw new CommandError("An earlier restore into that database was cut off. Name an empty database.");
  const name = await findFilledTable(client);
  if (name)
    throw new CommandError(
      `That database is not empty (${name} has rows). A restore overwrites nothing: name an empty database.`,
    );
}

async function requireMigrations(client: pg.Client, head: BackupArchiveHeader): Promise<void> {
  const migrations = await migrationsIn(client);
  if (migrations.join() !== head.migrations.join())
    throw new CommandError(
      "That database and the backup have different migrations. A restore overwrites nothing: name an empty database.",
    );
}

async function write(
  client: pg.Client,
  { head, batch }: { head: BackupArchiveHeader; batch: RowBatch },
): Promise<void> {
  const { columns } = head.tables.find(({ name }) => name === batch.table) ?? { columns: [] };
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const arrays = columns.map(({ type }, position) => `$${position + 1}::${type}[]`).join(", ");
  const values = columns.map((_, position) => batch.rows.map((row) => row[position]));
  await client.query(`INSERT INTO "${batch.table}" (${names}) SELECT * FROM unnest(${arrays})`, values);
}

async function tablesOf(client: pg.Client): Promise<ArchivedTable[]> {
  const { rows } = await client.query<ArchivedTable & { refersTo: string[] }>(TABLES);
  return inForeignKeyOrder(rows).map(({ name, columns }) => ({ name, columns }));
}

async function migrationsIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY started_at',
  );
  return rows.map(({ name }) => name);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
