// Tests that the list's pages and the export sort payments of the same time by id, in the same order as the database.
// Also tests that each filter finds exactly the payments that match it.
import { expect, test } from "vitest";
import type { Payment } from "../../generated/sqlite/client";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { paymentStandingOf } from "../ledger/payment-standing";
import { listAllPayments, listPayments } from "./payment-list";
import { PAYMENT_STANDINGS, type PaymentListFilter, parsePaymentListFilter } from "./payment-view";

const AT = new Date("2026-02-03T12:00:00Z");
const timeZone = "UTC";

/**
 * Ids that databases and JavaScript sort differently. SQLite sorts by code points, JavaScript by code units. PostgreSQL
 * can sort by the rules of a language and ignore hyphens.
 */
const IDS = Array.from({ length: 260 }, (_, n) => [`\u{10000}${n}`, `\uFFFD${n}`, `G-${n}`, `G${n}-`]).flat();

test("payments with the same time and three statuses are listed once each, in the database's order", async () => {
  const db = await openEmptyLedger();
  const money = { amountMinor: 900n, currency: "USD", frequency: "once" };
  const statusOf = (n: number) => ["succeeded", "pending", "failed"][n % 3] as string;
  const rows = IDS.map((id, n) => ({ id, ...money, status: statusOf(n), paidAt: AT, recordedAt: AT }));
  await db.payment.createMany({ data: rows });
  const sorted = (await db.payment.findMany({ orderBy: { id: "desc" } })).map(({ id }) => id);
  const { view } = parsePaymentListFilter({});
  expect(await listFrom(db, view)).toEqual(sorted);
  const batches: string[] = [];
  for await (const batch of listAllPayments(db, { view, timeZone })) batches.push(...batch.map(({ id }) => id));
  expect(batches).toEqual(sorted);
});

test("each filter lists the payments that match it, across pages and search steps", async () => {
  const db = await openEmptyLedger();
  await db.payment.createMany({ data: Array.from({ length: 126 }, (_, n) => paymentOf(n)) });
  const rows = await db.payment.findMany({ orderBy: [{ paidAt: "desc" }, { id: "desc" }] });
  for (const state of ["", ...PAYMENT_STANDINGS])
    for (const kind of ["", "once", "recurring"])
      for (const currency of ["", "USD"])
        for (const days of state ? [{}] : [{}, { from: "2026-02-04", to: "2026-02-05" }]) {
          const fits = (row: Payment) =>
            (!state || paymentStandingOf(row).standing === state) &&
            (!kind || (row.frequency === "once") === (kind === "once")) &&
            (!currency || row.currency === currency) &&
            (!("from" in days) || ["04", "05"].includes(row.paidAt.toISOString().slice(8, 10)));
          const { view } = parsePaymentListFilter({ state, kind, currency, ...days });
          const ids = rows.filter(fits).map(({ id }) => id);
          expect(await listFrom(db, view, 11), JSON.stringify({ state, kind, currency, days })).toEqual(ids);
        }
  expect(new Set(rows.map((row) => paymentStandingOf(row).standing)).size).toBe(PAYMENT_STANDINGS.length);
});

/**
 * Returns the payment number `n`. Remainders of `n` decide its state, frequency and currency, so that many combinations
 * occur.
 */
function paymentOf(n: number) {
  const status = ["succeeded", "succeeded", "succeeded", "succeeded", "pending", "failed"][n % 6] as string;
  const paidAt = new Date(AT.getTime() + Math.floor(n / 2) * 3_600_000);
  const [refundedMinor = 0n, disputedMinor = 0n] = [[], [300n], [900n], [0n, 900n]][n % 6] ?? [];
  const [frequency, currency] = [n % 5 === 0 ? "monthly" : "once", ["USD", "EUR", "JPY"][(n % 7) % 3] as string];
  const money = { amountMinor: 900n, refundedMinor, disputedMinor, currency };
  return { id: `P-${n}`, ...money, frequency, status, paidAt, recordedAt: paidAt };
}

async function listFrom(db: Db, view: PaymentListFilter, scan?: number): Promise<string[]> {
  const { payments, next } = await listPayments(db, { view, timeZone, ...(scan && { scan }) });
  const ids = payments.map(({ id }) => id);
  return next ? [...ids, ...(await listFrom(db, { ...view, after: next }, scan))] : ids;
}
