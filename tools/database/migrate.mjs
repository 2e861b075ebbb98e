// All pending migrations share one transaction, so a process that is killed leaves the ledger as it was. The history is in
// Prisma's own table, so that Prisma's command line agrees with it.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../run/console.mjs";
import { ROOT } from "../run/paths.mjs";
import { migrationsFolderOf, providerOf } from "./providers.mjs";

/**
 * @typedef {{ name: string, sql: string, checksum: string }} Migration
 * @typedef {{ name: string, checksum: string, isFinished: boolean, isRolledBack: boolean }} AppliedMigration one row of the history
 * @typedef {Migration & { id: string }} PendingMigration
 */

/**
 * Creates the ledger if there is none. Safe to repeat and to run in several processes at once. Returns the names of the
 * migrations that it applied. `only`: the names of the migrations to apply. Throws a CommandError if the history does not match the
 * committed files.
 * @param {string} databaseUrl @param {{ only?: string[], folder?: string }} [options] @returns {Promise<string[]>}
 */
export async function migrate(databaseUrl, { only, folder } = {}) {
  const provider = providerOf(databaseUrl);
  const committed = readMigrations(folder ?? join(ROOT, migrationsFolderOf(provider)));
  const wanted = only ? committed.filter(({ name }) => only.includes(name)) : committed;
  const missing = only?.filter((name) => !wanted.some((each) => each.name === name)) ?? [];
  if (missing.length > 0)
    throw new CommandError(`This version of Appeal does not have the migration ${missing.join(", ")}.`);
  /** @param {AppliedMigration[]} applied */
  const pendingAfter = (applied) => pending(wanted, applied);
  // Imported here and not at the top, because commands that install the packages import this file.
  if (provider === "sqlite") return (await import("./migrate/sqlite.mjs")).migrateSqlite(databaseUrl, pendingAfter);
  return (await import("./migrate/postgresql.mjs")).migratePostgres(databaseUrl, pendingAfter);
}

/** @param {string} folder @returns {Migration[]} in the order in which they are applied */
function readMigrations(folder) {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "migration.sql")));
  return names.sort().map((name) => {
    const bytes = readFileSync(join(folder, name, "migration.sql"));
    return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
  });
}

/** @param {Migration[]} wanted @param {AppliedMigration[]} history @returns {PendingMigration[]} */
function pending(wanted, history) {
  const applied = history.filter(({ isRolledBack }) => !isRolledBack);
  for (const { name, checksum, isFinished } of applied) {
    const file = wanted.find((each) => each.name === name);
    if (!isFinished) throw new CommandError(unfinished(name));
    if (!file) throw new CommandError(unknown(name));
    if (file.checksum !== checksum) throw new CommandError(changed(name));
  }
  const rest = wanted.filter(({ name }) => !applied.some((each) => each.name === name));
  return rest.map((each) => ({ ...each, id: randomUUID() }));
}

/** @param {string} name */
const unfinished = (name) =>
  `The migration ${name} was begun by Prisma's command line and did not finish. Restore a backup (npm run restore), or repair the ledger by hand and mark it with "prisma migrate resolve".`;
/** @param {string} name */
const unknown = (name) =>
  `The ledger has the migration ${name}, which this version of Appeal does not know: start the version that made it, or a newer one.`;
/** @param {string} name */
const changed = (name) =>
  `The migration ${name} was changed after it was applied to this ledger: restore the committed file.`;
