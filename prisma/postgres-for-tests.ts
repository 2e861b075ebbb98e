// Starts one PostgreSQL server for a whole run of the tests, or uses that of TEST_DATABASE_URL. Creates a migrated
// database on it, which tests copy. Vitest calls `setup` before the first file that runs on PostgreSQL.
import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrate } from "../tools/database/migrate.mjs";
import { databaseUrlOnSameServer, runSql, startPostgres } from "../tools/database/postgres.mjs";

/**
 * The settings of the server, which make tests faster. `fsync` stays on, because the site refuses a server without it.
 */
const SETTINGS = {
  ...{ full_page_writes: "off", wal_level: "minimal", max_wal_senders: "0" },
  ...{ autovacuum: "off", bgwriter_lru_maxpages: "0", io_method: "sync", jit: "off" },
};

declare module "vitest" {
  interface ProvidedContext {
    /**
     * The server's URL, and the database on it from which fresh ledgers are copied. The value is undefined on SQLite.
     */
    postgres?: { url: string; template: string };
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres(SETTINGS);
  const template = `appeal_test_${randomBytes(4).toString("hex")}`;
  await migrate(databaseUrlOnSameServer(server.url, template));
  project.provide("postgres", { url: server.url, template });
  return async () => {
    if (process.env.TEST_DATABASE_URL) await dropCopies(server.url, template);
    await server.stop();
  };
}

async function dropCopies(url: string, template: string): Promise<void> {
  const rows = await runSql(url, "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [template]);
  for (const { datname } of rows) await runSql(url, `DROP DATABASE "${datname}" WITH (FORCE)`);
}
