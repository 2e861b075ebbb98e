// Both folders of migrations, each on its own database; a change of the schema without a migration is red here.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { openDatabase } from "../systems/database";
import { besideDatabase, runSql } from "../tools/postgres.mjs";
import { migrationsOf, schemaOf } from "../tools/providers.mjs";
import { provider } from "./fresh-ledger";

const ROOT = join(import.meta.dirname, "..");
const postgres = inject("postgres");

/** Resolves where Prisma exits with 0, rejects with its output where it does not. */
function prisma(args: string[], databaseUrl: string) {
  const { PRISMA_SCHEMA_ENGINE_BINARY: _, ...env } = process.env;
  return promisify(execFile)(process.execPath, ["node_modules/prisma/build/index.js", ...args], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: databaseUrl, CHECKPOINT_DISABLE: "1" },
  });
}

/** The address of a ledger that does not exist yet. */
function newAddress(): string {
  if (postgres) return besideDatabase(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
  return `file:${join(mkdtempSync(join(tmpdir(), "appeal-engine-")), "ledger.db")}`;
}

/** What was made to compare with, and must not stay behind. */
function shadows(url: string) {
  return runSql(url, "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'");
}

test("the committed migrations lead to the committed schema", async () => {
  const from = ["--from-migrations", migrationsOf(provider)];
  const diff = ["migrate", "diff", ...from, "--to-schema", schemaOf(provider), "--exit-code"];
  const { stdout } = await prisma(diff, postgres?.url ?? newAddress());
  expect(stdout).toContain("No difference detected");
  if (postgres && !process.env.TEST_DATABASE_URL) expect(await shadows(postgres.url)).toEqual([]);
});

test("a ledger that does not exist yet is made by deploying, and deploying again changes nothing", async () => {
  const url = newAddress();
  await prisma(["migrate", "deploy"], url);
  const { stdout } = await prisma(["migrate", "deploy"], url);
  expect(stdout).toContain("No pending migrations");
  const db = await openDatabase(url);
  expect(await db.payment.count()).toBe(0);
  await db.$disconnect();
});

test("both databases have had the same migrations", () => {
  const [one, other] = ["sqlite", "postgresql"].map((each) => readdirSync(join(ROOT, migrationsOf(each))));
  expect(one).toEqual(other);
});

test.runIf(postgres)("a wrong password is told as one", async () => {
  const url = newAddress().replace(/:[^:@/]+@/, ":wrong@");
  await expect(prisma(["migrate", "deploy"], url)).rejects.toThrow(/P1000/);
});
