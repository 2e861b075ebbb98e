// Tests that the payment list and its export use the database's order of ids, on SQLite and PostgreSQL.
import { expect, test } from "vitest";
import { emptyLedger } from "../../prisma/empty-ledger";
import { listAllPayments, listPayments } from "./payment-list";
import { type PaymentView, parsePaymentView } from "./payment-view";

const AT = new Date("2026-02-03T12:00:00Z");
const timeZone = "UTC";

/**
 * SQLite sorts texts by code points and JavaScript by code units, so they sort the first two letters differently. PostgreSQL may sort by
 * the rules of a language, which ignore hyphens.
 */
const IDS = Array.from({ length: 400 }, (_, n) => [`\u{10000}${n}`, `\uFFFD${n}`, `G-${n}`, `G${n}-`]).flat();

test("payments with the same time and three statuses are listed once each, in the database's order", async () => {
  const db = await emptyLedger();
  const money = { amountMinor: 900n, currency: "USD", frequency: "once" };
  const statusOf = (n: number) => ["succeeded", "pending", "failed"][n % 3] as string;
  const rows = IDS.map((id, n) => ({ id, ...money, status: statusOf(n), paidAt: AT, recordedAt: AT }));
  await db.payment.createMany({ data: rows });
  const sorted = (await db.payment.findMany({ orderBy: { id: "desc" } })).map(({ id }) => id);
  const listFrom = async (view: PaymentView): Promise<string[]> => {
    const { payments, next } = await listPayments(db, { view, timeZone });
    const ids = payments.map(({ id }) => id);
    return next ? [...ids, ...(await listFrom({ ...view, after: next }))] : ids;
  };
  const { view } = parsePaymentView({});
  expect(await listFrom(view)).toEqual(sorted);
  const batches: string[] = [];
  for await (const batch of listAllPayments(db, { view, timeZone })) batches.push(...batch.map(({ id }) => id));
  expect(batches).toEqual(sorted);
});
