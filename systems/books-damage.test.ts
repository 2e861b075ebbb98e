// Each case damages a column of the ledger, and the comparison with Stripe must report it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { testDatabaseProvider } from "../prisma/fresh-ledger";
import { everyNthUnlessFullRun, isFullRun } from "../tools/test/scope.mjs";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { makeVariousGifts, testEnvironmentFor } from "./testing/stripes-books";

let fixture: StandIn;
let db: Db;

beforeAll(async () => {
  fixture = await openStandIn({ payouts: "daily" });
  Object.assign(process.env, testEnvironmentFor(fixture));
  await makeVariousGifts(fixture);
  db = await openEmptyLedger();
  await checkBooks(db, { mode: "repair", graceMs: 0 });
  // Removes the triggers, which would prevent damage to the append-only tables.
  for (const table of ["Entry", "BalanceEntry"])
    for (const trigger of testDatabaseProvider === "sqlite"
      ? [`${table}_no_update`, `${table}_no_delete`]
      : [`${table}_never_changed`])
      await db.$executeRawUnsafe(
        `DROP TRIGGER "${trigger}"${testDatabaseProvider === "sqlite" ? "" : ` ON "${table}"`}`,
      );
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

type Values = Record<string, string | number | bigint | Date | null>;
type Damage = {
  /** The name of the table in Prisma's client. The first row that matches `where` is damaged. */
  table:
    | "payment"
    | "entry"
    | "balanceEntry"
    | "refund"
    | "dispute"
    | "payout"
    | "payoutEntry"
    | "recurringGift"
    | "recurringNote"
    | "supporter"
    | "total"
    | "recurringTotal"
    | "recurringMovement"
    | "movementTotal"
    | "renewalTotal";
  where: Values;
  /**
   * Maps each damaged column to the name under which the check reports it. WHOLE: the check reports the whole row. "":
   * the check reports that the row is missing.
   */
  columns: Record<string, string>;
};

/**
 * A value in the field `columns` of `Damage`: the check reports the whole row, not a single column.
 */
const WHOLE = "whole";
const BALANCE = { sourceId: "sourceId", currency: "currency", amountMinor: "amountMinor", feeMinor: "feeMinor" };
const balanceColumns = { ...BALANCE, netMinor: "netMinor", occurredAt: "occurredAt", kind: "kind" };
const entryColumns = { amountMinor: "amountMinor", currency: "currency", occurredAt: "occurredAt", kind: "kind" };
const COUNTED = { payments: "payments", grossMinor: "grossMinor", refundedMinor: "refundedMinor", refunds: "refunds" };
const totalColumns = {
  ...COUNTED,
  coveredFeeMinor: "coveredFeeMinor",
  disputes: "disputes",
  disputedMinor: "disputedMinor",
};
const pendingColumns = { pendingPayments: "pendingPayments", pendingMinor: "pendingMinor" };
const settledColumns = {
  ...{ settledPayments: "settledPayments", settledMinor: "settledMinor", settledGrossMinor: "settledGrossMinor" },
  ...{ feeMinor: "feeMinor", netMinor: "netMinor" },
  ...{ pendingFeeMinor: "pendingFeeMinor", pendingNetMinor: "pendingNetMinor" },
};
const columns = { amountMinor: "amountMinor", currency: "currency", status: "status", reason: "reason" };
const attribution = { article: "article", appeal: "appeal", variant: "variant" };
const ofPayment = { placement: "placement", supporterKind: "supporterKind" };
const exposure = { experiment: "experiment", arm: "arm", exposedOn: "exposedOn" };
const paymentColumns = {
  ...ofPayment,
  amountMinor: "amountMinor",
  coveredFeeMinor: "coveredFeeMinor",
  currency: "currency",
  status: "status",
  frequency: "frequency",
};

const MOVEMENT_COLUMNS = { kind: WHOLE, movedAt: WHOLE, currency: WHOLE, yearMinor: WHOLE, subscriptionId: WHOLE };

const DAMAGES: Damage[] = [
  {
    table: "payment",
    where: { currency: "EUR" },
    columns: {
      ...{ ...paymentColumns, ...attribution, ...exposure, paidAt: "paidAt", chargeId: "chargeId" },
      ...{ supporterId: "supporter" },
      ...{ refundedMinor: "refundedMinor", disputedMinor: "disputedMinor", paymentIntentId: "" },
    },
  },
  {
    table: "payment",
    where: { frequency: "monthly" },
    columns: {
      ...{ ...paymentColumns, ...attribution, ...exposure, paidAt: "paidAt", supporterId: "supporter" },
      ...{ recurringGiftId: "subscriptionId", invoiceId: "", paymentIntentId: "paymentIntentId", chargeId: "chargeId" },
    },
  },
  { table: "entry", where: { kind: "payment" }, columns: entryColumns },
  { table: "entry", where: { kind: "refund" }, columns: entryColumns },
  { table: "entry", where: { kind: "refund-returned" }, columns: entryColumns },
  { table: "entry", where: { kind: "dispute" }, columns: entryColumns },
  { table: "balanceEntry", where: { kind: "payment" }, columns: balanceColumns },
  { table: "balanceEntry", where: { kind: "refund" }, columns: balanceColumns },
  { table: "balanceEntry", where: { kind: "dispute" }, columns: balanceColumns },
  {
    table: "refund",
    where: { currency: "EUR" },
    columns: { ...columns, refundedAt: "refundedAt", paymentIntentId: "paymentIntentId" },
  },
  {
    table: "dispute",
    where: {},
    columns: { ...columns, openedAt: "openedAt", answerBy: "answerBy", paymentIntentId: "paymentIntentId" },
  },
  {
    table: "recurringGift",
    where: {},
    columns: {
      ...{ amountMinor: "amountMinor", coveredFeeMinor: "coveredFeeMinor", currency: "currency" },
      ...{ status: "status", frequency: "frequency", ...attribution },
      ...{ subscriptionItemId: "subscriptionItemId", productId: "productId", customerId: "customerId" },
      ...{ startedAt: "startedAt", nextPaymentAt: "nextPaymentAt", cancelAt: "cancelAt", endedAt: "endedAt" },
      ...{ unusual: "unusual", chargesNextAt: "chargesNextAt", resumesAt: "resumesAt" },
      ...{ endReason: "endReason", supporterId: "supporter", supporterKind: "supporterKind", subscriptionId: "" },
      ...{ overdueSince: "overdueSince" },
    },
  },
  {
    table: "recurringNote",
    where: { kind: "amount" },
    columns: {
      kind: "kind",
      amountMinor: "amountMinor",
      currency: "currency",
      notedAt: "notedAt",
      subscriptionId: "subscriptionId",
    },
  },
  {
    table: "total",
    where: { period: "day", by: "frequency", settledCurrency: "" },
    columns: { ...totalColumns, ...pendingColumns },
  },
  { table: "total", where: { period: "month", by: "article", settledCurrency: "" }, columns: totalColumns },
  { table: "total", where: { period: "ever", by: "variant", settledCurrency: "USD" }, columns: settledColumns },
  {
    table: "recurringTotal",
    where: {},
    columns: {
      ...{ gifts: "gifts", ending: "ending", amountMinor: "amountMinor" },
      ...{ cardEnding: "cardEnding", cardEndingMinor: "cardEndingMinor" },
      ...{ currency: "gifts", frequency: "gifts", status: "gifts" },
    },
  },
  {
    table: "payout",
    where: { status: "paid" },
    columns: { amountMinor: "amountMinor", currency: "currency", status: "status", arrivesAt: "arrivesAt" },
  },
  { table: "payoutEntry", where: {}, columns: { payoutId: "payoutId", id: "" } },
  { table: "supporter", where: {}, columns: { lastPaidAt: "lastPaidAt" } },
  {
    table: "recurringMovement",
    where: {},
    columns: MOVEMENT_COLUMNS,
  },
  {
    table: "movementTotal",
    where: { period: "day" },
    columns: { gifts: "gifts", yearMinor: "yearMinor", start: "gifts", by: "gifts", value: "gifts", currency: "gifts" },
  },
  { table: "movementTotal", where: { by: "cohort" }, columns: { gifts: "gifts", yearMinor: "yearMinor" } },
  {
    table: "renewalTotal",
    where: {},
    columns: { gifts: "gifts", amountMinor: "amountMinor", day: "gifts", currency: "gifts", frequency: "gifts" },
  },
];

const PLACES = {
  ...{ balanceEntry: "balance", payoutEntry: "payout-entry", recurringGift: "recurring-gift" },
  ...{ recurringNote: "recurring-note", recurringTotal: "recurring-total", recurringMovement: "recurring-movement" },
  ...{ movementTotal: "movement-total", renewalTotal: "renewal-total" },
} as const;
const byId = ["id"];
const KEYS: Record<Damage["table"], string[]> = {
  ...{
    payment: byId,
    balanceEntry: byId,
    refund: byId,
    dispute: byId,
    payout: byId,
    payoutEntry: byId,
    recurringGift: byId,
    entry: ["key"],
    recurringNote: ["key"],
    supporter: byId,
  },
  recurringMovement: ["subscriptionId", "position"],
  movementTotal: ["period", "by", "start", "value", "currency"],
  renewalTotal: ["day", "currency", "frequency"],
  total: ["period", "by", "start", "value", "currency", "settledCurrency"],
  recurringTotal: ["currency", "frequency", "status"],
};
/**
 * The columns that link to another row. The test damages these columns by removing the link, and every other column by
 * changing its value.
 */
const LINK_COLUMNS = ["supporterId", "recurringGiftId"];

type Case = { table: Damage["table"]; where: Values; column: string; named: string };
const allCases: Case[] = DAMAGES.flatMap(({ table, where, columns }) =>
  Object.entries(columns).map(([column, named]) => ({ table, where, column, named })),
);

/**
 * Returns true if the case must be checked alone. Otherwise its damage could hide the damage of another case. Another
 * case could also cause the report that the test expects for this case.
 */
function needsOwnCheck({ table, column, named }: Case): boolean {
  const identifies = KEYS[table].includes(column) || (table === "payment" && column === "paymentIntentId");
  return identifies || named === "" || named === WHOLE;
}
const alone = isFullRun ? allCases : everyNthUnlessFullRun(4, allCases.filter(needsOwnCheck));

const SUMS = ["total", "recurringTotal", "movementTotal", "renewalTotal"];

/**
 * The usual run checks many kinds of damage in one comparison (a round), because each comparison is slow. A round
 * damages one row in each of several tables. In that row, it damages all columns except those that need a check of
 * their own.
 */
const rounds: Case[][] = [];
for (const { table, where } of DAMAGES) {
  const row = allCases.filter((each) => each.table === table && each.where === where && !needsOwnCheck(each));
  const isSum = SUMS.includes(table);
  // Damages tables of sums only in separate rounds. In other rounds, damage to a payment, for example, is also reported
  // as wrong sums.
  const fits = (round: Case[]) => round.every((other) => other.table !== table && SUMS.includes(other.table) === isSum);
  const round = rounds.find(fits);
  if (row.length > 0 && round) round.push(...row);
  else if (row.length > 0) rounds.push(row);
}

test("covers every table, and at least a hundred kinds of damage", () => {
  const tables = (cases: Case[]) => new Set(cases.map(({ table }) => table));
  expect(tables([...alone, ...rounds.flat()])).toEqual(tables(allCases));
  expect(allCases.length).toBeGreaterThanOrEqual(100);
});

test.each(alone)("reports damage to $table, its column $column, in the row $where", (damaged) =>
  expectReports([damaged]),
);

test.each(isFullRun ? [] : rounds.map((cases) => ({ cases, tables: [...new Set(cases.map(({ table }) => table))] })))(
  "reports each damaged column of a row of $tables",
  ({ cases }) => expectReports(cases),
);

async function expectReports(cases: Case[]): Promise<void> {
  const rows = new Map<Damage["table"], Values>();
  for (const { table, where } of cases) if (!rows.has(table)) rows.set(table, await firstRow(table, where));
  const rowOf = (table: Damage["table"]) => rows.get(table) ?? {};
  const changed = (table: Damage["table"]) =>
    Object.fromEntries(
      cases.flatMap((each) => {
        if (each.table !== table) return [];
        const value = rowOf(table)[each.column];
        return [[each.column, LINK_COLUMNS.includes(each.column) ? null : damage(each.column, value)]];
      }),
    ) as Values;
  for (const [table, row] of rows) await write(table, { row, data: changed(table) });
  const found = await differencesNow();
  for (const [table, row] of rows) {
    const damaged = changed(table);
    const data = Object.fromEntries(Object.keys(damaged).map((column) => [column, row[column] ?? null]));
    await write(table, { row: { ...row, ...damaged }, data });
  }
  const places = found.map((difference) => difference.place);
  for (const { table, named } of cases) {
    const place = PLACES[table as keyof typeof PLACES] ?? table;
    if (named === "")
      expect(found.map(({ cause }) => cause)).toEqual(expect.arrayContaining(["missing", "not-at-stripe"]));
    else expect(places).toContain(named === WHOLE ? place : `${place}.${named}`);
  }
}

test("reports no damage after all of it is undone", async () => {
  expect((await differencesNow()).map(({ object, place, ours, theirs }) => ({ object, place, ours, theirs }))).toEqual(
    [],
  );
});

async function differencesNow() {
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  return listBooksDifferences(db, id);
}

async function firstRow(table: Damage["table"], where: Values): Promise<Values> {
  const model = db[table] as unknown as { findFirst(query: object): Promise<Values | null> };
  const row = await model.findFirst({ where });
  if (!row) throw new Error(`no row of ${table} matches, so nothing can be damaged`);
  return row;
}

async function write(table: Damage["table"], { row, data }: { row: Values; data: Values }): Promise<void> {
  const model = db[table] as unknown as { updateMany(query: object): Promise<unknown> };
  const where = Object.fromEntries(KEYS[table].map((key) => [key, row[key]]));
  await model.updateMany({ where, data });
}

function damage(column: string, value: Values[string] | undefined): Values[string] {
  if (value instanceof Date) return new Date(value.getTime() + 1_000);
  if (typeof value === "bigint") return value + 1n;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return `${value}x`;
  // The column is empty, so the type of the new value is chosen by the column's name.
  if (/On$/.test(column)) return 1;
  return /At$|By$|Since$/.test(column) ? new Date("2020-01-01T00:00:00Z") : "damaged";
}
