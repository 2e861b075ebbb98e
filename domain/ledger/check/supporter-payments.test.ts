import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../../systems/database";
import { withReplacedDbMethods } from "../../../systems/replaced-methods";
import { compareSupporterKindAndLastPaid } from "./supporter-payments";

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

/**
 * Returns the ledger with a changed `$queryRaw`. For each query over a range of ids, it adds to `noted` how many
 * payments or supporters are in the range.
 */
function withNotedRanges(noted: number[]): Db {
  return withReplacedDbMethods(db, {
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
  expect(await compareSupporterKindAndLastPaid(ledger, { repair: false })).toEqual([]);
  expect(ranges).toEqual([1_000, 1_000, 500, 1_000, 1_000, 500]);
  const [payment] = await db.payment.findMany({ orderBy: { id: "desc" }, take: 1 });
  const [supporter] = await db.supporter.findMany({ orderBy: { id: "desc" }, take: 1 });
  await db.payment.update({ where: { id: payment?.id ?? "" }, data: { supporterKind: "returning" } });
  await db.supporter.update({ where: { id: supporter?.id ?? "" }, data: { lastPaidAt: null } });
  // Makes the payment P1 the second payment of supporter s2. The `supporterKind` of P1 should then be `returning`, but
  // is still null.
  const paidAt = new Date("2026-11-21T12:00:00Z");
  await db.payment.update({ where: { id: "P1" }, data: { supporterId: "s2", paidAt } });
  await db.supporter.update({ where: { id: "s1" }, data: { lastPaidAt: null } });
  await db.supporter.update({ where: { id: "s2" }, data: { lastPaidAt: paidAt } });
  const differs = (object: string, place: string, sides: { ours: string | null; theirs: string | null }) =>
    expect.objectContaining({ object, place, cause: "sum-differs", ...sides });
  const found = [
    differs("pi_1", "payment.supporterKind", { ours: null, theirs: "returning" }),
    differs(payment?.paymentIntentId ?? "", "payment.supporterKind", { ours: "returning", theirs: null }),
    differs("supporters", "supporter.lastPaidAt", { ours: "1", theirs: "0" }),
  ];
  expect(await compareSupporterKindAndLastPaid(ledger, { repair: true })).toEqual(found);
  expect(await compareSupporterKindAndLastPaid(ledger, { repair: false })).toEqual([]);
});
