import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { testDatabaseProvider } from "../prisma/fresh-ledger";
import { recordActInAuditLog } from "./auth/staff";
import type { Db } from "./database";
import { log } from "./log";
import { checkAuditLogAndLogHashDaily } from "./log-anchor";
import { setRuntime } from "./testing/runtime";

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_anchor",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: "editor@example.org",
});
const DAY_MS = 24 * 60 * 60 * 1000;
const now = new Date("2026-11-27T09:00:00Z");
const after = (ms: number) => new Date(now.getTime() + ms);

let db: Db;
const info = vi.spyOn(log, "info").mockImplementation(() => {});
const error = vi.spyOn(log, "error").mockImplementation(() => {});
beforeEach(async () => {
  db = await openEmptyLedger();
  setRuntime({ logAnchorAfterMs: 0 });
});
afterEach(() => {
  info.mockClear();
  error.mockClear();
});

afterAll(() => vi.restoreAllMocks());

function addAct(): Promise<void> {
  const act = { colleague: null, kind: "events-replayed", about: "event:evt_1" } as const;
  return db.$transaction((tx) => recordActInAuditLog(tx, act));
}

test("writes the last hash of the audit log into the server's log once a day", async () => {
  await checkAuditLogAndLogHashDaily(db, now);
  expect(info).not.toHaveBeenCalled();
  await addAct();
  await addAct();
  await checkAuditLogAndLogHashDaily(db, after(DAY_MS - 1));
  expect(info).not.toHaveBeenCalled();
  await checkAuditLogAndLogHashDaily(db, after(DAY_MS));
  const { chain } = await db.act.findFirstOrThrow({ where: { number: 2 } });
  expect(info.mock.calls).toEqual([[{ line: 2, chain }, "the head of the log of acts"]]);
});

test("logs an error if an entry is missing from the audit log", async () => {
  await addAct();
  await addAct();
  await checkAuditLogAndLogHashDaily(db, now);
  const off =
    testDatabaseProvider === "sqlite" ? 'DROP TRIGGER "Act_no_delete"' : 'ALTER TABLE "Act" DISABLE TRIGGER USER';
  await db.$executeRawUnsafe(off);
  await db.act.delete({ where: { number: 2 } });
  if (testDatabaseProvider !== "sqlite") await db.$executeRawUnsafe('ALTER TABLE "Act" ENABLE TRIGGER USER');
  await checkAuditLogAndLogHashDaily(db, after(DAY_MS));
  expect(error.mock.calls).toEqual([[{ line: 2, problem: "cut" }, "the log of acts is not whole"]]);
});
