import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../../systems/database";
import { compareRefundsAndDisputesWithEntries } from "./payment-balances";

/** More than the maximum number of values in one statement, on either database. */
const MANY = 33_000;
let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
  const numbers = `WITH RECURSIVE "numbers" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "numbers" WHERE "n" < ${MANY})`;
  const now = "'2026-11-20T12:00:00.000+00:00'";
  await db.$executeRawUnsafe(`${numbers} INSERT INTO "Payment" ("id", "paymentIntentId", "status", "amountMinor", "currency",
    "frequency", "paidAt", "refundedMinor", "recordedAt")
    SELECT 'P' || "n", 'pi_' || "n", 'succeeded', 1000, 'USD', 'once', ${now}, 300, ${now} FROM "numbers"`);
  await db.$executeRawUnsafe(`INSERT INTO "Entry" ("key", "kind", "paymentId", "amountMinor", "currency", "occurredAt", "recordedAt")
    SELECT 'refund:' || "id", 'refund', "id", -300, "currency", "paidAt", "paidAt" FROM "Payment"`);
});
afterAll(() => db.$disconnect());

test("compares tens of thousands of payments with their entries, and finds the two that differ", async () => {
  await db.payment.update({ where: { id: "P17" }, data: { refundedMinor: 0n } });
  await db.payment.update({ where: { id: `P${MANY}` }, data: { disputedMinor: 5n } });
  const differs = (object: string, place: string, ours: string, theirs: string) =>
    expect.objectContaining({ object, place, cause: "sum-differs", ours, theirs });
  expect(await compareRefundsAndDisputesWithEntries(db)).toEqual([
    differs("pi_17", "payment.refundedMinor", "0", "300"),
    differs(`pi_${MANY}`, "payment.disputedMinor", "5", "0"),
  ]);
});
