// The PostgreSQL side of a move. How far it has come lies beside the rows and is written with them, so that a kill at any moment
// leaves neither a row too many nor one too few. While that table is there the site refuses to start on this ledger.
import pg from "pg";
import { Stop } from "../../run/console.mjs";
import { continueCounters } from "./sequences.mjs";
import { plainInPostgres, postgresType, toPostgres } from "./value.mjs";

const PAGE = 5_000;
/** Any number but the one of systems/postgresql.ts. */
const ONE_MOVE_AT_A_TIME = 20_261_125;

const NOTE_PROGRESS = `
  INSERT INTO "_ledger_move" VALUES ($1, $2, $3, $4) ON CONFLICT (name)
  DO UPDATE SET rowid = excluded.rowid, rows = "_ledger_move".rows + excluded.rows`;

/** Throws a Stop where the target is no empty ledger of the source's migrations, nor one that this move was begun on. */
export async function openTarget(url, source) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await requireUsable(client, source);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    progressOf: (table) => progressOf(client, table),
    write: (table, rows, rowid) => write(client, table, { rows, rowid, source: source.id }),
    plainRows: (table) => plainRows(client, table),
    finish: async () => {
      await continueCounters(client);
      await client.query('DROP TABLE "_ledger_move"');
    },
    close: () => client.end(),
  };
}

async function requireUsable(client, source) {
  const { rows: lock } = await client.query("SELECT pg_try_advisory_lock($1) AS free", [ONE_MOVE_AT_A_TIME]);
  if (!lock[0].free) throw new Stop("Another move into this ledger is running.");
  const { rows: migrations } = await client.query(
    'SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY started_at',
  );
  if (migrations.map(({ name }) => name).join() !== source.migrations.join())
    throw new Stop("The file has not had the newest migrations: start the site on it once, stop it, and move then.");
  const { rows: begun } = await client.query(`SELECT to_regclass('"_ledger_move"') IS NOT NULL AS found`);
  if (!begun[0].found) return begin(client, source);
  const { rows: other } = await client.query('SELECT DISTINCT source FROM "_ledger_move" WHERE source <> $1', [
    source.id,
  ]);
  if (other.length > 0)
    throw new Stop("A move of another ledger into this one has been begun. Choose an empty database.");
}

async function begin(client, source) {
  for (const { name } of source.tables) {
    const { rows } = await client.query(`SELECT 1 FROM "${name}" LIMIT 1`);
    if (rows.length > 0) throw new Stop(`The new ledger is not empty: ${name} has rows. Choose an empty database.`);
  }
  await client.query('CREATE TABLE "_ledger_move" (name text PRIMARY KEY, source text, rowid bigint, rows bigint)');
}

async function progressOf(client, { name }) {
  const { rows } = await client.query('SELECT rowid, rows FROM "_ledger_move" WHERE name = $1', [name]);
  return { rowid: BigInt(rows[0]?.rowid ?? 0), rows: Number(rows[0]?.rows ?? 0) };
}

/** One statement for the rows and one for the progress, both or neither. */
async function write(client, { name, columns }, { rows, rowid, source }) {
  const names = columns.map((column) => `"${column.name}"`).join(", ");
  const arrays = columns.map((column, place) => `$${place + 1}::${postgresType(column)}[]`).join(", ");
  const values = columns.map((column) => rows.map((row) => toPostgres(row[column.name], column)));
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

/** Every row in its plain form, a page at a time, by its key. */
async function* plainRows(client, { name, columns }) {
  const keys = columns.filter(({ isKey }) => isKey);
  const key = `(${keys.map((column) => `"${column.name}"`).join(", ")})`;
  const plain = columns.map(plainInPostgres).join(", ");
  let last = null;
  for (;;) {
    const beyond = last ? `WHERE ${key} > (${keys.map((_, place) => `$${place + 1}`).join(", ")})` : "";
    const text = `SELECT ${plain} FROM "${name}" ${beyond} ORDER BY ${key} LIMIT ${PAGE}`;
    const { rows } = await client.query({ text, values: last ?? [], rowMode: "array" });
    yield* rows;
    if (rows.length < PAGE) return;
    last = keys.map((column) => rows.at(-1)[columns.indexOf(column)]);
  }
}
