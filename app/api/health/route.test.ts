import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFreshLedgerAndSettings, testDatabaseProvider } from "@/prisma/fresh-ledger";
import { database, openDatabase } from "@/systems/database";
import { hasDiskSpace } from "@/systems/health";
import { holdDatabaseLock } from "@/systems/testing/hold-lock";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { GET } from "./route";

const onSqlite = test.runIf(testDatabaseProvider === "sqlite");
let url = "";
/**
 * How many hours the fake clock is ahead. Each test adds one, so that the health check's cached result has expired.
 */
let hours = 0;

beforeEach(async () => {
  const settings = await createFreshLedgerAndSettings();
  url = settings.DATABASE_URL;
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), settings);
  setRuntimeDatabase(openDatabase(url));
  hours += 1;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * 3_600_000 });
});
afterEach(async () => {
  vi.useRealTimers();
  await (await database()).$disconnect();
});

const status = async () => (await GET()).status;
const later = () => vi.setSystemTime(Date.now() + 6_000);

test("answers 200 while the ledger can be read and written, and 503 once it cannot be read", async () => {
  expect(await status()).toBe(200);
  await (await database()).$executeRaw`ALTER TABLE "Payment" RENAME TO "Lost"`;
  later();
  expect(await status()).toBe(503);
  await (await database()).$executeRaw`ALTER TABLE "Lost" RENAME TO "Payment"`;
  expect(await status()).toBe(200);
});

test("keeps one row in the ledger, and writes it only every few seconds", async () => {
  for (let i = 0; i < 5; i++) expect(await status()).toBe(200);
  const db = await database();
  const [first] = await db.pulse.findMany();
  later();
  await status();
  const rows = await db.pulse.findMany();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.at.getTime()).toBe((first?.at.getTime() ?? 0) + 6_000);
});

onSqlite("answers 503 if the ledger is read-only", async () => {
  await (await database()).$executeRawUnsafe("PRAGMA query_only = ON");
  expect(await status()).toBe(503);
  await (await database()).$executeRawUnsafe("PRAGMA query_only = OFF");
  expect(await status()).toBe(200);
});

onSqlite("answers 503 while another process holds the lock", async () => {
  await database();
  const letGo = await holdDatabaseLock(url);
  expect(await status()).toBe(503);
  await letGo();
  await expect.poll(status).toBe(200);
});

onSqlite("the disk check fails if less than the required space is free", async () => {
  expect(await hasDiskSpace(url)).toBe(true);
  expect(await hasDiskSpace(url, Number.MAX_SAFE_INTEGER)).toBe(false);
});
