import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, inject, test, vi } from "vitest";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import { openDatabase } from "../../systems/database";
import { bundleCommand } from "../test/bundle-command";
import { migrate } from "./migrate.mjs";
import { databaseUrlOnSameServer, runSql } from "./postgres.mjs";
import { migrationsFolderOf } from "./providers.mjs";

/**
 * The number of payments in the ledger of the test that kills a move. It is larger than one step: a move copies 1,000
 * rows per step, and compares 5,000 per step.
 */
const PAYMENTS = 6_000;
const postgres = inject("postgres");
const command = postgres ? await bundleCommand("tools/database/ledger-move.ts") : "";

const ODD = `"quoted" \\ {a,b} 'Olga' Ольга 🌍`;

/**
 * Creates a ledger with unusual values: a very large amount, times in both formats that Prisma writes, quotation marks,
 * and letters of other scripts.
 */
async function filledLedger({ payments = 100 } = {}): Promise<string> {
  const url = `file:${join(mkdtempSync(join(tmpdir(), "appeal-move-")), "ledger.db")}`;
  await migrate(url);
  const db = await openDatabase(url);
  const now = new Date("2026-11-24T12:00:00.123Z");
  await db.supporter.create({
    data: {
      id: "s",
      locale: "ru",
      createdAt: now,
      addresses: { create: { emailHash: "h", emailSealed: ODD, since: now } },
    },
  });
  await db.payment.create({
    data: {
      id: "first",
      status: "succeeded",
      amountMinor: 9_007_199_254_740_993n,
      currency: "EUR",
      frequency: "once",
      paidAt: now,
      recordedAt: now,
      supporterId: "s",
    },
  });
  await db.$disconnect();
  const file = new Database(url.replace("file:", ""));
  const insert = file.prepare(
    "INSERT INTO Payment (id, status, amountMinor, currency, frequency, paidAt, recordedAt) VALUES (?, 'failed', ?, 'USD', 'once', ?, ?)",
  );
  file.transaction(() => {
    for (let n = 0; n < payments; n++)
      insert.run(`p${n}`, n, Date.UTC(2026, 0, 1) + n, "2026-01-01T00:00:00.000+00:00");
  })();
  file.close();
  return url;
}

function newDatabaseUrl(): string {
  if (!postgres) throw new Error("this test needs PostgreSQL");
  return databaseUrlOnSameServer(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
}

function move(from: string, to: string) {
  const child = spawn(process.execPath, [command, "--from", from, "--to", to]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const exited = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return { child, exited };
}

async function onInsert(url: string, statement: string) {
  const body = `BEGIN ${statement}; RETURN NEW; END`;
  await runSql(url, `CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ ${body} $$`);
  await runSql(url, 'CREATE TRIGGER odd BEFORE INSERT ON "Payment" FOR EACH ROW EXECUTE FUNCTION odd()');
}

function sleepers(url: string) {
  const here = "datname = current_database() AND wait_event = 'PgSleep'";
  return runSql(url, `SELECT pid FROM pg_stat_activity WHERE ${here}`);
}

describe.runIf(testDatabaseProvider === "postgresql")("moving a ledger from a file to a server", () => {
  test("a move that was killed is completed by a second run; until then the site does not start on the new ledger", async () => {
    const [from, to] = [await filledLedger({ payments: PAYMENTS }), newDatabaseUrl()];
    await migrate(to);
    await onInsert(to, "IF NEW.id = 'p2000' THEN PERFORM pg_sleep(60); END IF");
    const first = move(from, to);
    await vi.waitFor(async () => expect(await sleepers(to)).toHaveLength(1), { timeout: 60_000 });
    first.child.kill("SIGKILL");
    await first.exited;
    await runSql(
      to,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    await runSql(to, 'DROP TRIGGER odd ON "Payment"');
    expect(await runSql(to, 'SELECT count(*)::int AS count FROM "Payment"')).toEqual([{ count: 2_000 }]);
    await expect(openDatabase(to)).rejects.toThrow("is not finished");

    const { code, output } = await move(from, to).exited;
    expect(output).toMatch(new RegExp(`Payment +${PAYMENTS + 1} rows`));
    expect(output).not.toContain("NOT EQUAL");
    expect(code).toBe(0);
    const db = await openDatabase(to);
    expect(await db.payment.count()).toBe(PAYMENTS + 1);
    const kept = await db.payment.findUniqueOrThrow({
      where: { id: "first" },
      include: { supporter: { include: { addresses: true } } },
    });
    expect(kept).toMatchObject({ amountMinor: 9_007_199_254_740_993n, paidAt: new Date("2026-11-24T12:00:00.123Z") });
    expect(kept.supporter?.addresses).toMatchObject([
      { emailHash: "h", emailSealed: ODD, since: new Date("2026-11-24T12:00:00.123Z") },
    ]);
    await db.$disconnect();

    const again = await move(from, to).exited;
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining("The new ledger is not empty") });
  });

  test("a move is refused while another process writes to the file", async () => {
    const [from, to] = [await filledLedger(), newDatabaseUrl()];
    const writer = new Database(from.replace("file:", ""));
    writer.exec("BEGIN IMMEDIATE");
    const { code, output } = await move(from, to).exited;
    writer.close();
    expect(code).toBe(1);
    expect(output).toContain("stop the site first");
  });

  test("a move into an older ledger that has rows is refused, and does not migrate it", async () => {
    const [from, to] = [await filledLedger(), newDatabaseUrl()];
    const older = readdirSync(migrationsFolderOf("postgresql")).sort().slice(0, 3);
    await migrate(to, { only: older });
    await runSql(to, `INSERT INTO "Lease" VALUES ('a row', 'the test', now())`);
    const { code, output } = await move(from, to).exited;
    expect(code).toBe(1);
    expect(output).toContain("The new ledger is not empty: Lease has rows");
    const applied = await runSql(to, 'SELECT migration_name FROM "_prisma_migrations" ORDER BY started_at');
    expect(applied.map((row) => row.migration_name)).toEqual(older);
  });

  test("a move names the table in which a row changed during the move", async () => {
    const [from, to] = [await filledLedger(), newDatabaseUrl()];
    await migrate(to);
    await onInsert(to, `IF NEW.id = 'p77' THEN NEW."amountMinor" := 76; END IF`);
    const { code, output } = await move(from, to).exited;
    expect(code).toBe(1);
    expect(output).toMatch(/Payment .*NOT EQUAL/);
    expect(output).toContain("Not equal: Payment.");
  });
});
