// A new, empty ledger in a file of its own, for tests: the migrations as committed, run by SQLite itself.
import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";

const MIGRATIONS = join(import.meta.dirname, "migrations", "sqlite");

/** The `file:` address of the new ledger. */
export function freshLedger(): string {
  const path = join(mkdtempSync(join(tmpdir(), "appeal-ledger-")), "ledger.db");
  const db = new Database(path);
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const folder = join(MIGRATIONS, name);
    if (statSync(folder).isDirectory()) db.exec(readFileSync(join(folder, "migration.sql"), "utf8"));
  }
  db.close();
  return `file:${path}`;
}
