// A ledger's SQLite file, read as it is at one moment: which tables there are, and their rows in the order in which they were
// written. For a move nobody else can write to the file meanwhile; a backup is taken from beside the running site.
import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { Stop } from "../../run/console.mjs";
import { afterWhatTheyReferTo } from "./order.mjs";

export const BATCH = 1_000;

/** Throws a Stop where there is no such ledger or, unless `whileInUse`, where somebody is writing to it. */
export function openSource(url, { whileInUse = false } = {}) {
  const path = url.replace(/^file:/, "");
  if (!existsSync(path)) throw new Stop(`There is no ledger at ${path}.`);
  const db = new Database(path, { timeout: 2_000 });
  db.defaultSafeIntegers(true);
  try {
    db.exec(whileInUse ? "BEGIN" : "BEGIN IMMEDIATE");
  } catch (error) {
    throw new Stop(`${path} is in use: stop the site first. (${error.code})`);
  }
  const migrations = db.prepare("SELECT id, migration_name AS name FROM _prisma_migrations ORDER BY started_at").all();
  return {
    /** Of this ledger and no other: Prisma gives each migration that it runs an id of its own. */
    id: migrations[0]?.id ?? path,
    isWhole: () =>
      db.pragma("integrity_check", { simple: true }) === "ok" && db.pragma("foreign_key_check").length === 0,
    migrations: migrations.map(({ name }) => name),
    tables: tablesOf(db),
    readAfter: (table, rowid) =>
      db
        .prepare(`SELECT rowid AS "_rowid", * FROM "${table.name}" WHERE rowid > ? ORDER BY rowid LIMIT ${BATCH}`)
        .all(rowid),
    close: () => db.close(),
  };
}

/**
 * Each after the tables that it refers to.
 * @returns {{ name: string, rows: number, columns: { name: string, type: string, isKey: boolean }[], refersTo: string[] }[]}
 */
function tablesOf(db) {
  const names = db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_prisma_migrations'",
    )
    .pluck()
    .all();
  return afterWhatTheyReferTo(names.map((name) => describe(db, name)));
}

function describe(db, name) {
  const columns = db.pragma(`table_info("${name}")`).map((column) => ({
    name: column.name,
    type: column.type.toUpperCase(),
    isKey: Number(column.pk) > 0,
  }));
  const refersTo = db.pragma(`foreign_key_list("${name}")`).map((key) => key.table);
  const rows = Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get());
  return { name, columns, refersTo, rows };
}
