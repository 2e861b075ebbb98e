// Migrates a ledger. All pending migrations share one transaction, so that a process that is killed leaves the ledger
// unchanged. Stores the names of applied migrations in Prisma's own table, so that Prisma's command line finds them.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { listPendingMigrations } from "./migrate/pending.mjs";
import { databaseProviderOf, migrationsFolderOf } from "./providers.mjs";

/**
 * Creates the ledger if there is none, applies the pending migrations and returns their names. `only`: applies only the
 * migrations with these names. A call is safe to repeat, also in several processes at once. Throws a CommandError if
 * the history does not match the committed files.
 * @param {string} databaseUrl @param {{ only?: string[], folder?: string }} [options] @returns {Promise<string[]>}
 */
export async function migrate(databaseUrl, { only, folder } = {}) {
  const provider = databaseProviderOf(databaseUrl);
  const committed = readMigrations(folder ?? join(REPOSITORY_ROOT, migrationsFolderOf(provider)));
  const wanted = only ? committed.filter(({ name }) => only.includes(name)) : committed;
  const missing = only?.filter((name) => !wanted.some((each) => each.name === name)) ?? [];
  if (missing.length > 0)
    throw new CommandError(`This version of Appeal does not have the migration ${missing.join(", ")}.`);
  /** @type {import("./migrate/pending.mjs").ChoosePending} */
  const pendingAfter = (applied) => listPendingMigrations(wanted, applied);
  // These modules are imported here and not at the top, because commands that install the packages import this file.
  if (provider === "sqlite") return (await import("./migrate/sqlite.mjs")).migrateSqlite(databaseUrl, pendingAfter);
  return (await import("./migrate/postgresql.mjs")).migratePostgres(databaseUrl, pendingAfter);
}

/**
 * @param {string} folder @returns {import("./migrate/pending.mjs").Migration[]} in the order in which they are applied
 */
function readMigrations(folder) {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "migration.sql")));
  return names.sort().map((name) => {
    const bytes = readFileSync(join(folder, name, "migration.sql"));
    return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
  });
}
