// Records events in any order, and after each event compares the totals with an independent query.
import { expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import type { Db } from "../../systems/database";
import { everyNthUnlessFullRun } from "../../tools/test/scope.mjs";
import { compareTotalsWithLedgerRows } from "./check/totals";
import type { BalanceTransactionReported, Fact, PaymentOfSingleGift } from "./fact";
import { recordEvent } from "./record";
import {
  sampleBalanceMovedFact,
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  sampleRecurringPaymentFact,
  testOptionsForRecordingEvents,
} from "./testing/books";

const startedAt = new Date("2026-11-14T09:00:00Z");
const debitMoved: BalanceTransactionReported = {
  ...sampleBalanceMovedFact,
  sourceId: "py_1",
  balanceTransactionId: "txn_a",
  movedAt: startedAt,
};
const back = { currency: "USD", amountMinor: -1000, feeMinor: 650, netMinor: -1650 };
const bounced: BalanceTransactionReported = {
  ...debitMoved,
  entryKind: "payment-returned",
  balanceTransactionId: "txn_b",
  settled: back,
};
const link: Fact = { kind: "payment-linked", invoiceId: "in_1", paymentIntentId: "pi_1", isPaid: false };
const charged: Fact = {
  kind: "payment-charged",
  paymentIntentId: "pi_1",
  chargeId: "py_1",
  money: sampleRecurringPaymentFact.money,
};
const pendingInvoice: Fact = { ...sampleRecurringPaymentFact, status: "pending", paidAt: startedAt };
const pendingOnce: PaymentOfSingleGift = {
  ...samplePaymentFactFromCheckout,
  status: "pending",
  paidAt: startedAt,
  reportedAt: startedAt,
};
const succeededDebit: PaymentOfSingleGift = {
  ...samplePaymentFactFromCharge,
  paidAt: startedAt,
  charge: { chargeId: "py_1" },
};

/** The events of each case, as facts, and the expected totals at the end. */
const LIVES: Record<string, { events: Fact[][]; end: string[] }> = {
  "a pending monthly debit": {
    events: [[pendingInvoice], [pendingInvoice, link, debitMoved]],
    end: ["pendingFeeMinor 59, pendingNetMinor 941", "pendingPayments 1, pendingMinor 1000"],
  },
  "a monthly debit that succeeded": {
    events: [
      [pendingInvoice, link, debitMoved],
      [sampleRecurringPaymentFact],
      [sampleRecurringPaymentFact, { ...link, isPaid: true }, charged, debitMoved],
    ],
    end: ["settledPayments 1, settledMinor 1000, feeMinor 59, netMinor 941", "payments 1, grossMinor 1000"],
  },
  "a monthly debit that bounced": {
    events: [
      [pendingInvoice, link, debitMoved],
      [{ ...pendingInvoice, status: "failed" } as Fact, link, debitMoved, bounced],
    ],
    end: ["feeMinor 709, netMinor -709"],
  },
  "a single debit that succeeded": {
    events: [[pendingOnce], [debitMoved], [succeededDebit]],
    end: ["settledPayments 1, settledMinor 1000, feeMinor 59, netMinor 941", "payments 1, grossMinor 1000"],
  },
  "a single debit that bounced": {
    events: [[{ ...pendingOnce, status: "failed" }], [debitMoved], [bounced]],
    end: ["feeMinor 709, netMinor -709"],
  },
  "a single debit that bounced, and a card that paid": {
    events: [
      [pendingOnce],
      [{ ...pendingOnce, status: "failed" }],
      [samplePaymentFactFromCharge, debitMoved, bounced, sampleBalanceMovedFact],
    ],
    end: ["settledPayments 1, settledMinor 1000, feeMinor 768, netMinor 232", "payments 1, grossMinor 1000"],
  },
};

test.each(Object.entries(LIVES))("the totals of %s are right after each event, in any order", async (_, life) => {
  // The usual run tests only every third order on PostgreSQL. Only the SQL differs there; the code that handles the
  // order of events is the same as on SQLite.
  for (const order of everyNthUnlessFullRun(testDatabaseProvider === "postgresql" ? 3 : 1, permutations(life.events))) {
    const db = await openEmptyLedger();
    // The ledger drops a balance transaction that arrives before its payment. The site itself would later fetch that
    // balance transaction from Stripe. Instead, the test records all facts again at the end.
    for (const [i, facts] of [...order, life.events.flat()].entries()) {
      await recordEvent(db, { ...testOptionsForRecordingEvents, eventId: `evt_${i}`, type: "test", facts });
      await expectRightTotals(db);
    }
    expect(await ever(db)).toEqual(life.end);
    await db.$disconnect();
  }
});

async function expectRightTotals(db: Db) {
  // Compares without a snapshot, which would open another connection. This is safe because nothing else writes to this
  // database.
  const { differences } = await compareTotalsWithLedgerRows(db, testOptionsForRecordingEvents.timeZone);
  expect(differences).toEqual([]);
  const [sums] = await readSums(db);
  expect(sums).toEqual(await sumsByHand(db));
  expect(sums.netMinor).toBeLessThanOrEqual(sums.settledMinor);
  expect(sums.settledMinor).toBeLessThanOrEqual(sums.grossMinor);
  expect(sums.pendingNetMinor).toBeLessThanOrEqual(sums.pendingMinor);
}

const COLUMNS = [
  "grossMinor",
  "settledMinor",
  "feeMinor",
  "netMinor",
  "pendingMinor",
  "pendingFeeMinor",
  "pendingNetMinor",
];
type Column =
  | "grossMinor"
  | "settledMinor"
  | "feeMinor"
  | "netMinor"
  | "pendingMinor"
  | "pendingFeeMinor"
  | "pendingNetMinor";
type Sums = Record<Column, number>;

async function readSums(db: Db): Promise<[Sums]> {
  const rows = await db.total.findMany({ where: { period: "ever", by: "frequency" } });
  const sums = COLUMNS.map((name) => [name, rows.reduce((sum, row) => sum + Number(row[name as Column]), 0)]);
  return [Object.fromEntries(sums)];
}

/** The sums of the payments and balance entries, from a query that shares no code with the ledger. */
async function sumsByHand(db: Db): Promise<Sums> {
  const text = (column: string, where: string) =>
    `(SELECT CAST(COALESCE(SUM(b."${column}"), 0) AS BIGINT) FROM "BalanceEntry" b JOIN "Payment" p ON p."id" = b."paymentId" WHERE ${where})`;
  const hasSucceeded = `p."status" = 'succeeded' AND b."kind" = 'payment' AND b."sourceId" = p."chargeId"`;
  const hasBounced = `b."sourceId" IN (SELECT "sourceId" FROM "BalanceEntry" WHERE "kind" = 'payment-returned')`;
  const counted = `(${hasSucceeded}) OR ${hasBounced}`;
  const pending = `p."status" = 'pending' AND NOT ${hasBounced}`;
  const [row] = await db.$queryRawUnsafe<[Record<Column, bigint>]>(`SELECT
    (SELECT CAST(COALESCE(SUM("amountMinor"), 0) AS BIGINT) FROM "Payment" WHERE "status" = 'succeeded'
      AND ("invoiceId" IS NOT NULL OR "chargeId" IS NOT NULL)) AS "grossMinor",
    ${text("amountMinor", hasSucceeded)} AS "settledMinor",
    ${text("feeMinor", counted)} AS "feeMinor", ${text("netMinor", counted)} AS "netMinor",
    (SELECT CAST(COALESCE(SUM("amountMinor"), 0) AS BIGINT) FROM "Payment" WHERE "status" = 'pending') AS "pendingMinor",
    ${text("feeMinor", pending)} AS "pendingFeeMinor", ${text("netMinor", pending)} AS "pendingNetMinor"`);
  return Object.fromEntries(COLUMNS.map((name) => [name, Number(row[name as Column])])) as Sums;
}

async function ever(db: Db): Promise<string[]> {
  const rows = await db.total.findMany({
    where: { period: "ever", by: "frequency" },
    orderBy: { settledCurrency: "desc" },
  });
  const columns = ["payments", "grossMinor", "settledPayments", "settledMinor", "feeMinor", "netMinor"] as const;
  const pending = ["pendingPayments", "pendingMinor", "pendingFeeMinor", "pendingNetMinor"] as const;
  return rows
    .map((row) =>
      [...columns, ...pending]
        .filter((name) => Number(row[name]) !== 0)
        .map((name) => `${name} ${row[name]}`)
        .join(", "),
    )
    .filter((line) => line !== "");
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}
