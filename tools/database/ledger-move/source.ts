// Reads a consistent snapshot of a ledger's SQLite file. During a move nobody else can write to the file; during a
// backup the site goes on writing.
import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { CommandError } from "../../run/console.mjs";
import { inForeignKeyOrder } from "./table-order";

const BATCH_ROWS = 1_000;

export type SqliteValue = string | bigint | null;
export type Column = { name: string; type: string; isKey: boolean };
export type SourceTable = { name: string; rowCount: number; columns: Column[]; refersTo: string[] };
export type SourceLedgerRow = Record<string, SqliteValue> & { _rowid: bigint };
export type SourceLedger = ReturnType<typeof openLedgerMoveSource>;

/**
 * Opens the ledger. Throws a CommandError if the file does not exist, or if another process is writing to it. With
 * `whileInUse`, others are allowed to write.
 */
export function openLedgerMoveSource(url: string, { whileInUse = false } = {}) {
  const path = url.replace(/^file:/, "");
  if (!existsSync(path)) throw new CommandError(`There is no ledger at ${path}.`);
  const db = new Database(path, { timeout: 2_000 });
  db.defaultSafeIntegers(true);
  try {
    db.exec(whileInUse ? "BEGIN" : "BEGIN IMMEDIATE");
  } catch (error) {
    const code = error instanceof Database.SqliteError ? ` (${error.code})` : "";
    throw new CommandError(`${path} is in use: stop the site first.${code}`);
  }
  const migrations = db
    .prepare<[], { id: string; name: string }>(
      "SELECT id, migration_name AS name FROM _prisma_migrations ORDER BY started_at",
    )
    .all();
  return {
    /** The random id of the first migration identifies this ledger. */
    id: migrations[0]?.id ?? path,
    isWhole: () =>
      db.pragma("integrity_check", { simple: true }) === "ok" && rowsOf(db.pragma("foreign_key_check")).length === 0,
    migrations: migrations.map(({ name }) => name),
    tables: listTables(db),
    /** Returns a table's rows in batches. `after`: a rowid; only rows with a higher one are returned. */
    batches: (table: { name: string }, after = 0n) => listBatches(db, table, after),
    close: () => {
      db.close();
    },
  };
}

function* listBatches(db: Database.Database, { name }: { name: string }, after: bigint): Generator<SourceLedgerRow[]> {
  const select = db.prepare<[bigint], SourceLedgerRow>(
    `SELECT rowid AS "_rowid", * FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ${BATCH_ROWS}`,
  );
  for (let last = after; ; ) {
    const rows = select.all(last);
    const end = rows.at(-1);
    if (!end) return;
    last = end._rowid;
    yield rows;
  }
}

function listTables(db: Database.Database): SourceTable[] {
  const names = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_prisma_migrations'",
    )
    .all();
  return inForeignKeyOrder(names.map(({ name }) => readTable(db, name)));
}

function readTable(db: Database.Database, name: string): SourceTable {
  const columns = rowsOf<{ name: string; type: string; pk: bigint }>(db.pragma(`table_info("${name}")`));
  const foreignKeys = rowsOf<{ table: string }>(db.pragma(`foreign_key_list("${name}")`));
  const count = db.prepare<[], { rows: bigint }>(`SELECT count(*) AS rows FROM "${name}"`).get();
  return {
    name,
    columns: columns.map((column) => ({ name: column.name, type: column.type.toUpperCase(), isKey: column.pk > 0n })),
    refersTo: foreignKeys.map(({ table }) => table),
    rowCount: Number(count?.rows),
  };
}

function rowsOf<T>(answer: unknown): T[] {
  if (!Array.isArray(answer)) throw new Error("SQLite did not answer a pragma with rows");
  return answer;
}
