import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import { testDatabaseProvider } from "../../../prisma/fresh-ledger";
import type { Db } from "../../database";
import { appendToAuditLog, findFirstBrokenAuditLogNumber, type NewStaffAct } from "./acts";

const now = new Date("2026-11-27T09:00:00Z");
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
const colleague = { id: "colleague_1", role: "admin" } as const;
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

function act(more: Partial<NewStaffAct> = {}): Promise<void> {
  const base = { colleague, kind: "events-replayed", about: "event:evt_1", now } as const;
  return db.$transaction((tx) => appendToAuditLog(tx, { ...base, ...more }, digest));
}

/**
 * Turns off the triggers that refuse changes of the log, and runs `tamper`, as a person with access to the database
 * could. Then enables PostgreSQL's triggers again, for other tests.
 */
async function withoutTriggers(tamper: () => Promise<unknown>): Promise<void> {
  const [off, on] =
    testDatabaseProvider === "sqlite"
      ? [['DROP TRIGGER "Act_no_update"', 'DROP TRIGGER "Act_no_delete"'], []]
      : [['ALTER TABLE "Act" DISABLE TRIGGER USER'], ['ALTER TABLE "Act" ENABLE TRIGGER USER']];
  for (const statement of off) await db.$executeRawUnsafe(statement);
  await tamper();
  for (const statement of on) await db.$executeRawUnsafe(statement);
}

test("numbers simultaneous log entries without a gap, and finds the log intact", async () => {
  await Promise.all(Array.from({ length: 5 }, (_, i) => act({ about: `event:evt_${i}`, after: { recorded: i } })));
  await act({ colleague: null, reason: "on its day" });
  const acts = await db.act.findMany({ orderBy: { number: "asc" } });
  expect(acts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(acts.at(-1)).toMatchObject({ by: "site", role: "site", reason: "on its day", before: null });
  expect(await findFirstBrokenAuditLogNumber(db, digest)).toBeNull();
});

test("the database refuses to change or delete a log entry", async () => {
  await act();
  await expect(db.act.update({ where: { number: 1 }, data: { by: "another" } })).rejects.toThrow();
  await expect(db.act.delete({ where: { number: 1 } })).rejects.toThrow();
});

test.each([
  ["was changed", 2, () => db.act.update({ where: { number: 2 }, data: { by: "another" } })],
  ["was removed", 3, () => db.act.delete({ where: { number: 2 } })],
  ["was moved in time", 1, () => db.act.update({ where: { number: 1 }, data: { at: new Date(0) } })],
])("finds a log entry that %s in the database file", async (_, broken, tamper) => {
  for (let i = 0; i < 3; i++) await act();
  await withoutTriggers(tamper);
  expect(await findFirstBrokenAuditLogNumber(db, digest)).toBe(broken);
});
