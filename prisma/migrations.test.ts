// Tests both folders of migrations, each on its own database. A change of the schema without a migration fails here.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { migrate } from "../tools/database/migrate.mjs";
import { runSql, siblingDatabaseUrl } from "../tools/database/postgres.mjs";
import { migrationsOf, schemaOf } from "../tools/database/providers.mjs";
import { emptyLedger } from "./empty-ledger";
import { provider } from "./fresh-ledger";

const ROOT = join(import.meta.dirname, "..");
const postgres = inject("postgres");

/** Runs Prisma's command line. Rejects with its output if it does not exit with 0. */
function prisma(args: string[], databaseUrl: string) {
  const { PRISMA_SCHEMA_ENGINE_BINARY: _, ...env } = process.env;
  return promisify(execFile)(process.execPath, ["node_modules/prisma/build/index.js", ...args], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: databaseUrl, CHECKPOINT_DISABLE: "1" },
  });
}

/** The address of a ledger that does not exist yet. */
function newAddress(): string {
  if (postgres) return siblingDatabaseUrl(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
  return `file:${join(mkdtempSync(join(tmpdir(), "appeal-engine-")), "ledger.db")}`;
}

/** Lists the databases that Prisma creates for the comparison, and must delete again. */
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

test("Prisma's command line accepts the migrations that our runner applied", async () => {
  const url = newAddress();
  await migrate(url);
  const { stdout } = await prisma(["migrate", "status"], url);
  expect(stdout).toContain("Database schema is up to date");
});

test("the migration that adds recurring totals sums the gifts that were there before", async () => {
  const db = await emptyLedger();
  const gift = { currency: "EUR", frequency: "monthly", recordedAt: new Date() };
  const gifts = [
    { amountMinor: 500n, status: "active", cancelAt: new Date() },
    { amountMinor: 700n, status: "active" },
    { amountMinor: 900n, status: "past_due" },
    { amountMinor: 100n, status: "canceled" },
  ];
  for (const [n, more] of gifts.entries())
    await db.recurringGift.create({ data: { id: `r${n}`, subscriptionId: `sub_${n}`, ...gift, ...more } });
  const folder = join(ROOT, migrationsOf(provider));
  const name = readdirSync(folder).find((each) => each.endsWith("_worth_of_recurring_gifts")) ?? "";
  const script = readFileSync(join(folder, name, "migration.sql"), "utf8");
  await db.$executeRawUnsafe(/^INSERT INTO "RecurringTotal"[^;]+/m.exec(script)?.[0] ?? "");
  expect(await db.recurringTotal.findMany({ orderBy: { status: "asc" } })).toEqual([
    { currency: "EUR", frequency: "monthly", status: "active", gifts: 2, ending: 1, amountMinor: 1200n },
    { currency: "EUR", frequency: "monthly", status: "past_due", gifts: 1, ending: 0, amountMinor: 900n },
  ]);
  await db.$disconnect();
});

test("both databases have the same migrations", () => {
  const [one, other] = ["sqlite", "postgresql"].map((each) => readdirSync(join(ROOT, migrationsOf(each))));
  expect(one).toEqual(other);
});
