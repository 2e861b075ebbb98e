// The address of a new, empty ledger for a test: a SQLite file of its own, made by the migrations as committed, or a PostgreSQL
// database copied from one that they made (postgres-for-tests.ts), whichever database this run of the tests is about.
//
// Most tests do not want this but an open one, which is much faster: `const db = await emptyLedger()`, see empty-ledger.ts.
// This is for a test that opens one ledger twice, hands its address to another process or to DATABASE_URL, or damages its file.
import { randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { inject } from "vitest";
import { besideDatabase, runSql } from "../tools/database/postgres.mjs";

const MIGRATIONS = join(import.meta.dirname, "migrations", "sqlite");

/** Which of the two databases the tests of this file run on. */
export const provider = inject("postgres") ? "postgresql" : "sqlite";

/** The address of the new ledger. */
export async function freshLedger(): Promise<string> {
  const postgres = inject("postgres");
  return postgres ? copyOf(postgres) : fileLedger();
}

async function copyOf({ url, template }: { url: string; template: string }): Promise<string> {
  const name = `${template}_${randomUUID()}`;
  await runSql(url, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return besideDatabase(url, name);
}

let template: string | undefined;

/** The migrations run once a process; each ledger is a copy of what they made. */
function fileLedger(): string {
  template ??= migratedFile();
  const path = join(mkdtempSync(join(tmpdir(), "appeal-ledger-")), "ledger.db");
  copyFileSync(template, path);
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
