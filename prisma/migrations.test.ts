// Fails if the schema was changed without a migration. Also tests the migrations that change rows.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { expect, inject, test } from "vitest";
import { openDatabase } from "../systems/database";
import { migrate } from "../tools/database/migrate.mjs";
import { databaseUrlOnSameServer, runSql } from "../tools/database/postgres.mjs";
import { ensureSchemaFile, migrationsFolderOf } from "../tools/database/providers.mjs";
import { openSchemaEngine } from "../tools/database/schema-engine/engine.mjs";
import { postgresForSchemaEngine } from "../tools/database/schema-engine/postgresql.mjs";
import { sqliteForSchemaEngine } from "../tools/database/schema-engine/sqlite.mjs";
import { testInFullRun } from "../tools/test/full-run";
import { openEmptyLedger } from "./empty-ledger";
import { testDatabaseProvider } from "./fresh-ledger";

const ROOT = join(import.meta.dirname, "..");
const postgres = inject("postgres");
/** The migration that renamed tables, columns and values. */
const RENAMES = "20261127054300_plain_names";

function prisma(args: string[], databaseUrl: string) {
  const { PRISMA_SCHEMA_ENGINE_BINARY: _, ...env } = process.env;
  return promisify(execFile)(process.execPath, ["node_modules/prisma/build/index.js", ...args], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: databaseUrl, CHECKPOINT_DISABLE: "1" },
  });
}

function newUrl(): string {
  if (postgres) return databaseUrlOnSameServer(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
  return `file:${join(mkdtempSync(join(tmpdir(), "appeal-engine-")), "ledger.db")}`;
}

/** Lists the databases that Prisma creates to compare schemas and must delete afterwards. */
function shadows(url: string) {
  return runSql(url, "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'");
}

/**
 * Describes how the database differs from the schema. Asks the engine in this process, because Prisma's command line
 * takes two seconds of processor time.
 */
async function describeDifference(databaseUrl: string): Promise<string | undefined> {
  const engine = await openSchemaEngine(
    [],
    postgres ? postgresForSchemaEngine(databaseUrl) : sqliteForSchemaEngine(databaseUrl),
  );
  const path = ensureSchemaFile(testDatabaseProvider);
  const files = [{ path, content: readFileSync(join(ROOT, path), "utf8") }];
  const answer = await engine.diff?.({
    from: { tag: "schemaDatasource", files, configDir: ROOT },
    to: { tag: "schemaDatamodel", files },
    ...{ script: false, exitCode: true, filters: { externalTables: [], externalEnums: [] } },
  });
  return answer?.stdout;
}

test("the committed migrations lead to the committed schema", async () => {
  const url = newUrl();
  await migrate(url);
  expect(await describeDifference(url)).toContain("No difference detected");
});

testInFullRun("Prisma's command line finds no difference between the migrations and the schema", async () => {
  const from = ["--from-migrations", migrationsFolderOf(testDatabaseProvider)];
  const diff = ["migrate", "diff", ...from, "--to-schema", ensureSchemaFile(testDatabaseProvider), "--exit-code"];
  const { stdout } = await prisma(diff, postgres?.url ?? newUrl());
  expect(stdout).toContain("No difference detected");
  if (postgres && !process.env.TEST_DATABASE_URL) expect(await shadows(postgres.url)).toEqual([]);
});

testInFullRun("Prisma's command line accepts the migrations that the site itself applied", async () => {
  const url = newUrl();
  await migrate(url);
  const { stdout } = await prisma(["migrate", "status"], url);
  expect(stdout).toContain("Database schema is up to date");
});

test("the migration that adds recurring totals sums the existing gifts", async () => {
  const db = await openEmptyLedger();
  const gift = { currency: "EUR", frequency: "monthly", recordedAt: new Date() };
  const gifts = [
    { amountMinor: 500n, status: "active", cancelAt: new Date() },
    { amountMinor: 700n, status: "active" },
    { amountMinor: 900n, status: "past_due" },
    { amountMinor: 100n, status: "canceled" },
  ];
  for (const [n, more] of gifts.entries())
    await db.recurringGift.create({ data: { id: `r${n}`, subscriptionId: `sub_${n}`, ...gift, ...more } });
  await db.$executeRawUnsafe(statementIn("_worth_of_recurring_gifts", /^INSERT INTO "RecurringTotal"[^;]+/m));
  expect(await db.recurringTotal.findMany({ orderBy: { status: "asc" } })).toMatchObject([
    { currency: "EUR", frequency: "monthly", status: "active", gifts: 2, ending: 1, amountMinor: 1200n },
    { currency: "EUR", frequency: "monthly", status: "past_due", gifts: 1, ending: 0, amountMinor: 900n },
  ]);
  await db.$disconnect();
});

test("the migration that adds payout entries queues a question to Stripe about each paid payout", async () => {
  const db = await openEmptyLedger();
  const payout = { amountMinor: 500n, currency: "USD", arrivesAt: new Date(), createdAt: new Date() };
  for (const status of ["paid", "in_transit", "failed"])
    await db.payout.create({ data: { id: `po_${status}`, status, ...payout, recordedAt: new Date() } });
  const beforeMs = Math.floor(Date.now() / 1000) * 1000;
  await db.$executeRawUnsafe(statementIn("_payout_entries", /^INSERT INTO "FollowUp"[^;]+/m));
  expect(await db.followUp.findMany()).toMatchObject([{ key: "payout:po_paid", attempts: 0 }]);
  const [asked] = await db.followUp.findMany();
  expect(Number(asked?.after)).toBeGreaterThanOrEqual(beforeMs);
  expect(Number(asked?.after)).toBeLessThanOrEqual(Date.now());
  await db.$disconnect();
});

/** Returns a statement of the migration whose name ends with `end`. */
function statementIn(end: string, statement: RegExp): string {
  const folder = join(ROOT, migrationsFolderOf(testDatabaseProvider));
  const name = readdirSync(folder).find((each) => each.endsWith(end)) ?? "";
  return statement.exec(readFileSync(join(folder, name, "migration.sql"), "utf8"))?.[0] ?? "";
}

test("the migration that renames tables, columns and kinds of mail keeps the rows", async () => {
  const url = newUrl();
  const names = readdirSync(join(ROOT, migrationsFolderOf(testDatabaseProvider)), { withFileTypes: true });
  const earlier = names.filter((each) => each.isDirectory()).map(({ name }) => name);
  await migrate(url, { only: earlier.filter((name) => name < RENAMES) });
  const at = testDatabaseProvider === "sqlite" ? "0" : "'2026-11-27'";
  await execute(
    url,
    `INSERT INTO "Refund" ("id", "paymentIntentId", "amountMinor", "currency", "status", "refundedAt", "toldBy", "recordedAt")
       VALUES ('re_1', 'pi_1', 500, 'EUR', 'succeeded', ${at}, 'evt_1', ${at});
     INSERT INTO "DoorCount" ("key", "count", "expiresAt") VALUES ('k', 3, ${at});
     INSERT INTO "DoorAlert" ("door", "beganAt", "lastAt", "slowed") VALUES ('give', ${at}, ${at}, 12);
     ${["went-back:re_1", "debit-begun:pi_1", "thanks:pi_1"].map((factKey, n) => insertMail({ n, factKey, at })).join("")}`,
  );
  await migrate(url);
  const db = await openDatabase(url);
  expect(await db.refund.findMany()).toMatchObject([{ id: "re_1", amountMinor: 500n, reportedBy: "evt_1" }]);
  expect(await db.rateLimitCount.findMany()).toMatchObject([{ key: "k", count: 3 }]);
  expect(await db.rateLimitAlert.findMany()).toMatchObject([{ action: "give", slowed: 12 }]);
  expect(await db.outboxMail.findMany({ orderBy: { id: "asc" }, select: { kind: true, factKey: true } })).toEqual([
    { kind: "refunded", factKey: "refunded:re_1" },
    { kind: "debit-pending", factKey: "debit-pending:pi_1" },
    { kind: "thanks", factKey: "thanks:pi_1" },
  ]);
  await db.$disconnect();
});

function insertMail({ n, factKey, at }: { n: number; factKey: string; at: string }): string {
  return `INSERT INTO "OutboxMail"
    ("id", "kind", "factKey", "personHash", "priority", "toSealed", "locale", "values", "attempts", "queuedAt")
    VALUES ('${n}', '${factKey.split(":")[0]}', '${factKey}', 'p', 10, '', 'en', '{}', 0, ${at});`;
}

async function execute(url: string, sql: string): Promise<void> {
  if (postgres) return void (await runSql(url, sql));
  const file = new Database(url.slice("file:".length));
  file.exec(sql);
  file.close();
}

test("both databases have the same migrations", () => {
  const [one, other] = ["sqlite", "postgresql"].map((each) => readdirSync(join(ROOT, migrationsFolderOf(each))));
  expect(one).toEqual(other);
});

test("reports of reminders keep their counts under the event's new name", async () => {
  const db = await openEmptyLedger();
  const counted = { article: "", appeal: "a", variant: "1", placement: "banner", day: "2026-11-20" };
  const ofArm = { experiment: "e", arm: "a", day: 20_000 };
  for (const [count, event] of ["closed", "later"].entries()) {
    await db.appealCount.create({ data: { ...counted, event, count } });
    await db.experimentCount.create({ data: { ...ofArm, event, count } });
  }
  const folder = join(ROOT, migrationsFolderOf(testDatabaseProvider));
  const name = readdirSync(folder).find((each) => each.endsWith("_reminders_reported")) ?? "";
  for (const statement of readFileSync(join(folder, name, "migration.sql"), "utf8").match(/^UPDATE[^;]+/gm) ?? [])
    await db.$executeRawUnsafe(statement);
  const kept = [
    ["closed", 0],
    ["reminder", 1],
  ];
  const eventsOf = (rows: { event: string; count: number }[]) => rows.map(({ event, count }) => [event, count]).sort();
  expect(eventsOf(await db.appealCount.findMany())).toEqual(kept);
  expect(eventsOf(await db.experimentCount.findMany())).toEqual(kept);
});
