import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../../systems/database";
import { withReplacedMethods } from "../../../systems/replaced-methods";
import { compareSupporterPayments } from "./supporter-payments";

const MANY = 2_500;
let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
  const numbers = `WITH RECURSIVE "numbers" ("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "numbers" WHERE "n" < ${MANY})`;
  const now = "'2026-11-20T12:00:00.000+00:00'";
  await db.$executeRawUnsafe(`${numbers} INSERT INTO "Supporter" ("id", "locale", "createdAt", "lastPaidAt")
    SELECT 's' || "n", 'en', ${now}, ${now} FROM "numbers"`);
  await db.$executeRawUnsafe(`${numbers} INSERT INTO "Payment" ("id", "paymentIntentId", "status", "amountMinor", "currency",
    "frequency", "paidAt", "recordedAt", "supporterId")
    SELECT 'P' || "n", 'pi_' || "n", 'succeeded', 1000, 'USD', 'once', ${now}, ${now}, 's' || "n" FROM "numbers"`);
});
afterAll(() => db.$disconnect());

/** Returns a ledger that notes how many payments or supporters are in the range of each statement. */
function withNotedRanges(noted: number[]): Db {
  return withReplacedMethods(db, {
    $queryRaw: async (query: TemplateStringsArray, ...values: string[]) => {
      const [table] = /(?<=FROM )"(Payment|Supporter)"/.exec(query.join("?")) ?? [];
      const [after = "", last = ""] = values;
      if (query.join("?").includes('"id" <= ?')) {
        const [row] = await db.$queryRawUnsafe<[{ rows: bigint | number }]>(
          `SELECT COUNT(*) AS "rows" FROM ${table} WHERE "id" > '${after}' AND "id" <= '${last}'`,
        );
        noted.push(Number(row.rows));
      }
      return db.$queryRaw(query, ...values);
    },
  });
}

test("compares the payments and supporters in ranges that together contain all, and finds the last ones if they are wrong", async () => {
  const ranges: number[] = [];
  const ledger = withNotedRanges(ranges);
  expect(await compareSupporterPayments(ledger, { repair: false })).toEqual([]);
  expect(ranges).toEqual([1_000, 1_000, 500, 1_000, 1_000, 500]);
  const [payment] = await db.payment.findMany({ orderBy: { id: "desc" }, take: 1 });
  const [supporter] = await db.supporter.findMany({ orderBy: { id: "desc" }, take: 1 });
  await db.payment.update({ where: { id: payment?.id ?? "" }, data: { supporterKind: "returning" } });
  await db.supporter.update({ where: { id: supporter?.id ?? "" }, data: { lastPaidAt: null } });
  const differs = (object: string, place: string, ours: string) =>
    expect.objectContaining({ object, place, cause: "sum-differs", ours });
  const found = [
    differs(payment?.paymentIntentId ?? "", "payment.supporterKind", "returning"),
    differs("supporters", "supporter.lastPaidAt", "1"),
  ];
  expect(await compareSupporterPayments(ledger, { repair: true })).toEqual(found);
  expect(await compareSupporterPayments(ledger, { repair: false })).toEqual([]);
});
