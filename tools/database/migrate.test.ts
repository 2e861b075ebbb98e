import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, inject, test } from "vitest";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import { openDatabase } from "../../systems/database";
import { chooseTestCaseCount } from "../test/scope.mjs";
import { migrate } from "./migrate.mjs";
import { databaseUrlOnSameServer, runSql } from "./postgres.mjs";
import { migrationsFolderOf } from "./providers.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const COMMITTED = join(ROOT, migrationsFolderOf(testDatabaseProvider));
const names = readdirSync(COMMITTED)
  .filter((name) => /^\d/.test(name))
  .sort();
const postgres = inject("postgres");

function newDatabaseUrl(): string {
  if (postgres) return databaseUrlOnSameServer(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
  return `file:${join(mkdtempSync(join(tmpdir(), "appeal-migrate-")), "ledger.db")}`;
}

async function execute(url: string, sql: string): Promise<void> {
  if (postgres) return void (await runSql(url, sql));
  const db = new Database(url.replace("file:", ""));
  db.exec(sql);
  db.close();
}

function copyOfMigrations(): string {
  const folder = mkdtempSync(join(tmpdir(), "appeal-migrations-"));
  cpSync(COMMITTED, folder, { recursive: true });
  return folder;
}

test("a ledger that does not exist is created, and a second run applies nothing", async () => {
  const url = newDatabaseUrl();
  expect(await migrate(url)).toEqual(names);
  expect(await migrate(url)).toEqual([]);
  const db = await openDatabase(url);
  expect(await db.payment.count()).toBe(0);
  await db.$disconnect();
});

test("several processes that start at once apply each migration once", async () => {
  const url = newDatabaseUrl();
  const starts = Array.from({ length: chooseTestCaseCount({ usual: 2, all: 4 }) }, () => migrateInProcess(url));
  for (const { code } of await Promise.all(starts)) expect(code).toBe(0);
  expect(await migrate(url)).toEqual([]);
});

test("with `only`, the named migrations are applied, and an unknown name is refused; a later run applies the rest", async () => {
  const url = newDatabaseUrl();
  const [first = ""] = names;
  expect(await migrate(url, { only: [first] })).toEqual([first]);
  expect(await migrate(url)).toEqual(names.slice(1));
  await expect(migrate(newDatabaseUrl(), { only: ["20200101000000_unknown"] })).rejects.toThrow(
    "does not have the migration 20200101000000_unknown",
  );
});

test("a migration that fails changes nothing, and a corrected one is applied", async () => {
  const url = newDatabaseUrl();
  const folder = copyOfMigrations();
  const last = join(folder, names.at(-1) ?? "", "migration.sql");
  appendFileSync(last, '\nCREATE TABLE "Half" ("id" TEXT PRIMARY KEY);\nINSERT INTO "NotThere" VALUES (1);\n');
  await expect(migrate(url, { folder })).rejects.toThrow(/NotThere/);
  expect(await migrate(url)).toEqual(names);
  await execute(url, 'CREATE TABLE "Half" ("id" TEXT PRIMARY KEY)');
});

test("a migration that was changed after it was applied is refused by name", async () => {
  const url = newDatabaseUrl();
  await migrate(url);
  const folder = copyOfMigrations();
  appendFileSync(join(folder, names[0] ?? "", "migration.sql"), "-- changed\n");
  await expect(migrate(url, { folder })).rejects.toThrow(`${names[0]} was changed after it was applied`);
});

test("a ledger with a newer migration is refused, and the error names the migration", async () => {
  const url = newDatabaseUrl();
  await migrate(url);
  await execute(
    url,
    `UPDATE "_prisma_migrations" SET migration_name = '29990101000000_later' WHERE migration_name = '${names.at(-1)}'`,
  );
  await expect(migrate(url)).rejects.toThrow("29990101000000_later, which this version of Appeal does not know");
});

test("a migration that another program left unfinished is refused; one that it rolled back is applied again", async () => {
  const url = newDatabaseUrl();
  await migrate(url, { only: names.slice(0, -1) });
  const row = `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ('1', 'x', '${names.at(-1)}')`;
  await execute(url, row);
  await expect(migrate(url)).rejects.toThrow("did not finish");
  await execute(url, `UPDATE "_prisma_migrations" SET rolled_back_at = CURRENT_TIMESTAMP WHERE id = '1'`);
  expect(await migrate(url)).toEqual([names.at(-1)]);
});

test.skipIf(postgres)(
  "rows that would refer to nothing after a migration are refused, and nothing is changed",
  async () => {
    const url = newDatabaseUrl();
    await migrate(url, { only: names.slice(0, -1) });
    await execute(
      url,
      `PRAGMA foreign_keys = OFF;
    INSERT INTO "Entry" VALUES ('k', 'payment', 'no payment', 1, 'USD', 0, 0);`,
    );
    await expect(migrate(url)).rejects.toThrow("1 rows would refer to rows that are not there");
    expect(await migrate(url, { only: names.slice(0, -1) })).toEqual([]);
  },
);

test.skipIf(postgres)("a file in a folder that does not exist is refused with its path", async () => {
  await expect(migrate("file:/nowhere/ledger.db")).rejects.toThrow("The ledger /nowhere/ledger.db cannot be opened");
});

test.runIf(postgres)("the error for a wrong password does not contain the password", async () => {
  const url = newDatabaseUrl().replace(/:[^:@/]+@/, ":secret-word@");
  const error = await migrate(url).catch((thrown: Error) => thrown);
  expect(String(error)).toContain("Cannot connect to the PostgreSQL server");
  expect(String(error)).not.toContain("secret-word");
});

test.skipIf(postgres)(
  "a process that is killed at any statement leaves a ledger that the next start completes",
  async () => {
    const whole = await migrateInProcess(newDatabaseUrl(), { killBefore: Number.POSITIVE_INFINITY });
    expect(whole.code).toBe(0);
    const statements = Number(whole.output.trim().split("\n").at(-1));
    expect(statements).toBeGreaterThan(40);
    const moments = [1, Math.floor(statements / 2), statements, 2, 3, statements - 1];
    for (const killBefore of moments.slice(0, chooseTestCaseCount({ usual: 3, all: moments.length }))) {
      const url = newDatabaseUrl();
      expect((await migrateInProcess(url, { killBefore })).signal).toBe("SIGKILL");
      expect(await migrate(url)).toEqual(names);
    }
  },
);

/**
 * Migrates in another process. `killBefore`: a number; the process is killed just before the SQL statement with that
 * number, counted from 1.
 */
function migrateInProcess(url: string, { killBefore }: { killBefore?: number } = {}) {
  const program = `import { migrate } from "./tools/database/migrate.mjs"; await migrate(${JSON.stringify(url)});`;
  const preload = killBefore ? ["--import", "./tools/test/kill-in-migration.mjs"] : [];
  const child = spawn(process.execPath, [...preload, "--input-type=module", "-e", program], {
    cwd: ROOT,
    env: { ...process.env, KILL_BEFORE: String(killBefore) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  return new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, output })),
  );
}
