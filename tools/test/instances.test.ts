import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFreshLedger, testDatabaseProvider } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import { startChild } from "../run/processes.mjs";
import { bundleCommand } from "./bundle-command";
import { deliverToAllInstances } from "./deliver-to-all";
import { chooseTestCaseCount } from "./scope.mjs";

/** The number of gifts. It is larger than the number of supporters, so that some of them give again. */
const GIFTS = chooseTestCaseCount({ usual: 60, all: 100 });
const EVENTS = 2 * GIFTS;
const secret = `whsec_${randomBytes(16).toString("hex")}`;
const onPostgres = test.runIf(testDatabaseProvider === "postgresql");

let books: Db;
let children: ReturnType<typeof startChild>[] = [];

beforeAll(async () => {
  if (testDatabaseProvider !== "postgresql") return;
  const url = await createFreshLedger();
  books = await openDatabase(url);
  const env = {
    SITE_URL: "http://127.0.0.1:3000",
    DATABASE_URL: url,
    ERASURES_FILE: join(tmpdir(), "appeal-instances-erasures.jsonl"),
    STRIPE_SECRET_KEY: "sk_test_instances",
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_API_BASE: "http://127.0.0.1:9",
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  };
  const args = ["--conditions=react-server", await bundleCommand("tools/test/webhook-instance.ts")];
  children = [startChild("one", args, { env }), startChild("two", args, { env })];
});

afterAll(() => Promise.all(children.map((child) => child.stop())));

function urlOf(child: (typeof children)[number]): string | undefined {
  return /^http:\S+$/m.exec(child.lastLines())?.[0];
}

onPostgres(
  "two instances that get the same events at the same time record each once",
  { timeout: 180_000 },
  async () => {
    await expect.poll(() => children.every(urlOf), { timeout: 60_000 }).toBe(true);
    const instances = children.map((child) => urlOf(child) ?? "");
    const statuses = await deliverToAllInstances({ instances, secret, gifts: GIFTS, inFlight: 4 });
    expect(statuses).toEqual({ 200: 2 * EVENTS });
    expect(await books.payment.count()).toBe(GIFTS);
    expect(await books.outboxMail.count()).toBe(GIFTS);
    expect(await books.supporter.count()).toBe(50);
    // Adds up several rows, because payments of new and of returning supporters are counted in separate rows.
    const totals = await books.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "" } });
    expect(totals.every(({ value }) => value.startsWith("once/"))).toBe(true);
    expect(totals.reduce((all, { payments }) => all + payments, 0)).toBe(GIFTS);
    expect(totals.reduce((all, { grossMinor }) => all + grossMinor, 0n)).toBe(1500n * BigInt(GIFTS));
    expect(await books.receivedEvent.groupBy({ by: ["outcome", "attempts"], _count: true })).toEqual([
      { outcome: "recorded", attempts: 1, _count: EVENTS },
    ]);
    expect(await books.lease.count()).toBe(1);
  },
);
