// Migrates a ledger in SQLite. If the process is killed, SQLite undoes the unfinished transaction when the file is next
// opened. This also removes the tables that the transaction created.
import { resolve } from "node:path";
import Database from "better-sqlite3";
import { CommandError } from "../../run/console.mjs";
import { REPOSITORY_ROOT } from "../../run/paths.mjs";

const LOCK_TIMEOUT_MS = 60_000;

const HISTORY = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT,
    "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;
const NOTE = `
  INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
  VALUES (@id, @checksum, @name, @now, @now, 1)`;

/**
 * @param {string} databaseUrl @param {import("./pending.mjs").ChoosePending} choosePending
 * @returns {Promise<string[]>}
 */
export async function migrateSqlite(databaseUrl, choosePending) {
  const db = open(resolve(REPOSITORY_ROOT, databaseUrl.replace(/^file:/, "")));
  try {
    if (hasHistory(db) && choosePending(history(db)).length === 0) return [];
    // With foreign keys on, a migration that recreates a table would delete the rows that refer to it. The pragma is
    // set before the transaction begins, because it has no effect inside one.
    db.pragma("foreign_keys = OFF");
    return db.transaction(() => apply(db, choosePending)).exclusive();
  } finally {
    db.close();
  }
}

/** @param {string} path */
function open(path) {
  try {
    return new Database(path, { timeout: LOCK_TIMEOUT_MS });
  } catch (cause) {
    throw new CommandError(`The ledger ${path} cannot be opened: ${cause instanceof Error ? cause.message : cause}`);
  }
}

/** @param {Database.Database} db @param {Parameters<typeof migrateSqlite>[1]} pendingAfter */
function apply(db, pendingAfter) {
  db.exec(HISTORY);
  // Reads the history again, because another process can have migrated meanwhile.
  const pending = pendingAfter(history(db));
  const startedAt = Date.now();
  for (const [position, { id, name, checksum, sql }] of pending.entries()) {
    db.exec(sql);
    // Records a later start time for each migration than for the one before it, because the history is sorted by start
    // time.
    db.prepare(NOTE).run({ id, name, checksum, now: startedAt + position });
  }
  const broken = db.pragma("foreign_key_check");
  if (Array.isArray(broken) && broken.length > 0)
    throw new Error(`migration: ${broken.length} rows would refer to rows that are not there`);
  return pending.map(({ name }) => name);
}

/** @param {Database.Database} db */
function hasHistory(db) {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get() !== undefined;
}

/** @param {Database.Database} db @returns {import("./pending.mjs").AppliedMigration[]} */
function history(db) {
  const rows = db.prepare(`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS "rolledBack"
    FROM "_prisma_migrations" ORDER BY started_at`);
  return /** @type {{ name: string, checksum: string, finished: number, rolledBack: number }[]} */ (rows.all()).map(
    ({ name, checksum, finished, rolledBack }) => ({
      name,
      checksum,
      isFinished: finished === 1,
      isRolledBack: rolledBack === 1,
    }),
  );
}
