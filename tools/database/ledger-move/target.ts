// Writes the rows of a ledger that is moved into PostgreSQL. Each transaction also stores the progress in the table
// `_ledger_move`. If the process is killed, the next run therefore neither repeats nor skips a row. While the
// PostgreSQL database has that table, the site does not start on it.
import pg from "pg";
import { CommandError } from "../../run/console.mjs";
import { connectIfDatabaseExists } from "../migrate/postgresql.mjs";
import { migrate } from "../migrate.mjs";
import { findFilledTable } from "./filled-table";
import { advanceSequences } from "./sequences";
import type { Column, SourceLedger, SourceLedgerRow, SourceTable } from "./source";
import { comparablePostgresExpression, postgresType, sqliteValueAsPostgresText } from "./value";

const PAGE_ROWS = 5_000;
/**
 * The number of the advisory lock that keeps two moves into one ledger from running at the same time. It must differ
 * from the numbers in systems/postgresql.ts and tools/database/migrate/postgresql.mjs.
 */
const ONE_MOVE_AT_A_TIME = 20_261_125;

const NOTE_PROGRESS = `
  INSERT INTO "_ledger_move" VALUES ($1, $2, $3, $4) ON CONFLICT (name)
  DO UPDATE SET rowid = excluded.rowid, rows = "_ledger_move".rows + excluded.rows`;

export type TargetLedger = Awaited<ReturnType<typeof openTargetLedger>>;
type SourceId = Pick<SourceLedger, "id" | "migrations">;
type Batch = { rows: SourceLedgerRow[]; rowid: bigint; source: string };

/**
 * Creates the ledger to which rows are moved, or brings an existing, empty ledger to the newest migration. Does nothing
 * if a move into this database has already begun, so that the move can continue. If no move has begun and this database
 * has rows, changes nothing and throws a CommandError.
 */
export async function prepareTargetLedger(url: string): Promise<void> {
  const existing = await connectIfDatabaseExists(url);
  try {
    if (existing && (await hasBegun(existing))) return;
    if (existing) await requireEmpty(existing);
  } finally {
    await existing?.end();
  }
  await migrate(url);
}

/**
 * Opens the ledger to which rows are moved. Throws a CommandError if another move into it is running, or if its
 * migrations differ from the source's. Also throws if it has rows that are not from an earlier, interrupted move of the
 * same source.
 */
export async function openTargetLedger(url: string, source: SourceId) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await requireUsable(client, source);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    progressOf: (table: SourceTable) => readProgress(client, table),
    write: (table: SourceTable, { rows, rowid }: { rows: SourceLedgerRow[]; rowid: bigint }) =>
      writeBatch(client, table, { rows, rowid, source: source.id }),
    comparableRows: (table: SourceTable) => listComparableRows(client, table),
    finish: async () => {
      await advanceSequences(client);
      await client.query('DROP TABLE "_ledger_move"');
    },
    close: () => client.end(),
  };
}

async function requireUsable(client: pg.Client, source: SourceId): Promise<void> {
  const { rows: lock } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [
    ONE_MOVE_AT_A_TIME,
  ]);
  if (!lock[0]?.free) throw new CommandError("Another move into this ledger is running.");
  const { rows: migrations } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY started_at',
  );
  if (migrations.map(({ name }) => name).join() !== source.migrations.join())
    throw new CommandError(
      "The file lacks the newest migrations: start the site on it once, stop the site, then move.",
    );
  if (!(await hasBegun(client))) return beginMove(client);
  const { rows: others } = await client.query('SELECT DISTINCT source FROM "_ledger_move" WHERE source <> $1', [
    source.id,
  ]);
  if (others.length > 0)
    throw new CommandError("A move of another ledger into this one has begun already. Choose an empty database.");
}

async function hasBegun(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`SELECT to_regclass('"_ledger_move"') IS NOT NULL AS found`);
  return rows[0]?.found === true;
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const name = await findFilledTable(client);
  if (name) throw new CommandError(`The new ledger is not empty: ${name} has rows. Choose an empty database.`);
}

async function beginMove(client: pg.Client): Promise<void> {
  await requireEmpty(client);
  await client.query('CREATE TABLE "_ledger_move" (name text PRIMARY KEY, source text, rowid bigint, rows bigint)');
}

async function readProgress(client: pg.Client, { name }: SourceTable): Promise<{ rowid: bigint; rows: number }> {
  const { rows } = await client.query<{ rowid: string; rows: string }>(
    'SELECT rowid, rows FROM "_ledger_move" WHERE name = $1',
    [name],
  );
  return { rowid: BigInt(rows[0]?.rowid ?? 0), rows: Number(rows[0]?.rows ?? 0) };
}

async function writeBatch(
  client: pg.Client,
  { name, columns }: SourceTable,
  { rows, rowid, source }: Batch,
): Promise<void> {
  const names = columns.map((column) => `"${column.name}"`).join(", ");
  const arrays = columns.map((column, position) => `$${position + 1}::${postgresType(column)}[]`).join(", ");
  const values = columns.map((column) =>
    rows.map((row) => sqliteValueAsPostgresText(row[column.name] ?? null, column)),
  );
  await client.query("BEGIN");
  try {
    await client.query(`INSERT INTO "${name}" (${names}) SELECT * FROM unnest(${arrays})`, values);
    await client.query(NOTE_PROGRESS, [name, source, rowid, rows.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

async function* listComparableRows(client: pg.Client, table: SourceTable): AsyncGenerator<unknown[]> {
  const { columns } = table;
  const keys = columns.filter(({ isKey }) => isKey);
  for (let last: unknown[] | undefined; ; ) {
    const rows = await readPage(client, table, { keys, last });
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < PAGE_ROWS) return;
    last = keys.map((column) => end[columns.indexOf(column)]);
  }
}

type Page = { keys: Column[]; last: unknown[] | undefined };

async function readPage(
  client: pg.Client,
  { name, columns }: SourceTable,
  { keys, last = [] }: Page,
): Promise<unknown[][]> {
  const key = `(${keys.map((column) => `"${column.name}"`).join(", ")})`;
  const plain = columns.map(comparablePostgresExpression).join(", ");
  const beyond = last.length > 0 ? `WHERE ${key} > (${keys.map((_, position) => `$${position + 1}`).join(", ")})` : "";
  const text = `SELECT ${plain} FROM "${name}" ${beyond} ORDER BY ${key} LIMIT ${PAGE_ROWS}`;
  const { rows } = await client.query<unknown[]>({ text, values: last, rowMode: "array" });
  return rows;
}
