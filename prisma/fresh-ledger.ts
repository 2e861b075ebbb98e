// Gives a test the URL of a new, empty ledger. On SQLite the ledger is a separate file, a copy of one that the
// committed migrations created. On PostgreSQL it is a copy of such a database (postgres-for-tests.ts).
//
// Most tests should call `openEmptyLedger()` (empty-ledger.ts) instead, which is much faster. createFreshLedger() is
// for a test that opens a ledger twice, passes its URL to another process or to DATABASE_URL, or damages its file.
import { randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { inject } from "vitest";
import { databaseUrlOnSameServer, runSql } from "../tools/database/postgres.mjs";

const MIGRATIONS = join(import.meta.dirname, "migrations", "sqlite");

/** The database system on which the tests run. */
export const testDatabaseProvider = inject("postgres") ? "postgresql" : "sqlite";

export async function createFreshLedger(): Promise<string> {
  const postgres = inject("postgres");
  return postgres ? copyOf(postgres) : fileLedger();
}

/**
 * Returns the settings of a site on a new, empty ledger. PostgreSQL needs a file for the list of erasures; SQLite keeps
 * the list beside the ledger.
 */
export async function createFreshLedgerAndSettings(): Promise<{ DATABASE_URL: string; ERASURES_FILE?: string }> {
  const DATABASE_URL = await createFreshLedger();
  if (testDatabaseProvider === "sqlite") return { DATABASE_URL };
  return { DATABASE_URL, ERASURES_FILE: join(mkdtempSync(join(tmpdir(), "appeal-erasures-")), "erasures.jsonl") };
}

async function copyOf({ url, template }: { url: string; template: string }): Promise<string> {
  const name = `${template}_${randomUUID()}`;
  await runSql(url, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return databaseUrlOnSameServer(url, name);
}

/** The path is kept on globalThis, because each test file of this process loads this module again. */
const processWide = globalThis as typeof globalThis & { migratedFile?: string };

/**
 * Creates a ledger on SQLite and returns its URL. The migrations run once per process. Each ledger is a copy of the
 * file that they created.
 */
function fileLedger(): string {
  processWide.migratedFile ??= migratedFile();
  const path = join(mkdtempSync(join(tmpdir(), "appeal-ledger-")), "ledger.db");
  copyFileSync(processWide.migratedFile, path);
  return `file:${path}`;
}

function migratedFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), "appeal-ledger-")), "template.db");
  const db = new Database(path);
  db.pragma("synchronous = OFF");
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const folder = join(MIGRATIONS, name);
    if (statSync(folder).isDirectory()) db.exec(readFileSync(join(folder, "migration.sql"), "utf8"));
  }
  db.close();
  return path;
}
