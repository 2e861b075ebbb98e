import type { BalanceEntry, Entry, Payment, RecurringTotal, Total } from "../../../../generated/sqlite/client";
import type { Tx } from "../../../database";
import type { PaymentColumnsForTotals } from "../../total-values";

/** The number of rows read at once. It is small, because the process answers no requests while it adds up a page. */
const PAGE = 200;
/**
 * The number of payments read at once. A thousand would be too many: on SQLite, Prisma refuses a GROUP BY query with a
 * thousand values.
 */
const PAYMENT_PAGE = 500;

/** The columns of a payment that decide which totals include it, and with what amount. */
export type PaymentRowForTotals = PaymentColumnsForTotals &
  Pick<Payment, "status" | "chargeId" | "paidAt" | "coveredFeeMinor">;
type EntryRow = Pick<Entry, "key" | "kind" | "amountMinor" | "occurredAt">;
type Joined<Row> = Row & Omit<PaymentRowForTotals, "amountMinor"> & { paymentMinor: bigint };

/** Yields all entries with their payments. Uses raw SQL, because Prisma needs minutes for a million rows. */
export async function* listEntriesWithPayments(tx: Tx): AsyncGenerator<EntryRow & { payment: PaymentRowForTotals }> {
  for (let after = ""; ; ) {
    const page = await tx.$queryRaw<Joined<EntryRow>[]>`
      SELECT "key", "kind", "Entry"."amountMinor", "occurredAt", "Payment"."amountMinor" AS "paymentMinor",
        "Payment"."currency", "frequency", "article", "appeal", "variant", "placement", "supporterKind",
        "status", "chargeId", "paidAt", "coveredFeeMinor"
      FROM "Entry" JOIN "Payment" ON "Payment"."id" = "paymentId"
      WHERE "key" > ${after} ORDER BY "key" LIMIT ${PAGE}`;
    for (const { key, kind, amountMinor, occurredAt, ...payment } of page)
      yield { key, kind, amountMinor, occurredAt, payment: paymentOf(payment) };
    if (page.length < PAGE) return;
    after = page.at(-1)?.key ?? "";
  }
}

type BalanceRow = Pick<
  BalanceEntry,
  "id" | "kind" | "sourceId" | "amountMinor" | "feeMinor" | "netMinor" | "occurredAt"
>;

export async function* iterateAllBalanceEntries(
  tx: Tx,
): AsyncGenerator<BalanceRow & { currency: string; payment: PaymentRowForTotals }> {
  for (let after = ""; ; ) {
    const page = await tx.$queryRaw<Joined<BalanceRow & { settledCurrency: string }>[]>`
      SELECT "BalanceEntry"."id", "kind", "sourceId", "BalanceEntry"."currency" AS "settledCurrency",
        "BalanceEntry"."amountMinor", "feeMinor", "netMinor", "occurredAt", "Payment"."amountMinor" AS "paymentMinor",
        "Payment"."currency", "frequency", "article", "appeal", "variant", "placement", "supporterKind",
        "status", "chargeId", "paidAt", "coveredFeeMinor"
      FROM "BalanceEntry" JOIN "Payment" ON "Payment"."id" = "paymentId"
      WHERE "BalanceEntry"."id" > ${after} ORDER BY "BalanceEntry"."id" LIMIT ${PAGE}`;
    for (const {
      id,
      kind,
      sourceId,
      settledCurrency,
      amountMinor,
      feeMinor,
      netMinor,
      occurredAt,
      ...payment
    } of page) {
      const row = { id, kind, sourceId, amountMinor, feeMinor, netMinor, occurredAt };
      yield { ...row, currency: settledCurrency, payment: paymentOf(payment) };
    }
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? "";
  }
}

function paymentOf({
  paymentMinor,
  ...columns
}: Omit<PaymentRowForTotals, "amountMinor"> & { paymentMinor: bigint }): PaymentRowForTotals {
  return { ...columns, amountMinor: paymentMinor };
}

export function listBouncedDebits(tx: Tx) {
  return tx.balanceEntry.findMany({ where: { kind: "payment-returned" }, select: { kind: true, sourceId: true } });
}

export function listPendingPayments(tx: Tx): Promise<Payment[]> {
  return tx.payment.findMany({ where: { status: "pending" } });
}

/** Yields all totals. Reads them in pages, because a busy newsroom has hundreds of thousands of totals. */
export async function* iterateAllTotals(tx: Tx): AsyncGenerator<Total> {
  let last: Pick<Total, "period" | "by" | "start" | "value" | "currency" | "settledCurrency"> | undefined;
  while (true) {
    const { period = "", by = "", start = "", value = "", currency = "", settledCurrency = "" } = last ?? {};
    const page = await tx.$queryRaw<Total[]>`
      SELECT * FROM "Total"
      WHERE ("period", "by", "start", "value", "currency", "settledCurrency")
        > (${period}, ${by}, ${start}, ${value}, ${currency}, ${settledCurrency})
      ORDER BY "period", "by", "start", "value", "currency", "settledCurrency" LIMIT ${PAGE}`;
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}

export async function deleteTotals(tx: Tx, where: Partial<Total>): Promise<void> {
  await tx.total.deleteMany({ where });
}

/** Yields all payments, in pages that are small enough for sumRefundAndDisputeEntries(). */
export async function* everyPageOfPayments(tx: Tx): AsyncGenerator<Payment[]> {
  let after = "";
  while (true) {
    const where = { id: { gt: after } };
    const page = await tx.payment.findMany({ where, orderBy: { id: "asc" }, take: PAYMENT_PAGE });
    yield page;
    if (page.length < PAYMENT_PAGE) return;
    after = page.at(-1)?.id ?? "";
  }
}

export async function sumRefundAndDisputeEntries(
  tx: Tx,
  paymentIds: string[],
): Promise<{ paymentId: string; kind: string; amountMinor: bigint }[]> {
  const groups = await tx.entry.groupBy({
    by: ["paymentId", "kind"],
    where: { paymentId: { in: paymentIds }, kind: { not: "payment" } },
    _sum: { amountMinor: true },
  });
  return groups.map(({ paymentId, kind, _sum }) => ({ paymentId, kind, amountMinor: _sum.amountMinor ?? 0n }));
}

export function listRecurringTotals(tx: Tx): Promise<RecurringTotal[]> {
  return tx.recurringTotal.findMany();
}

export async function sumRecurringGifts(tx: Tx, statuses: string[]): Promise<RecurringTotal[]> {
  const rows = await tx.$queryRaw<RecurringTotal[]>`
    SELECT "currency", "frequency", "status", COUNT(*) AS "gifts", COUNT("cancelAt") AS "ending",
      CAST(SUM("amountMinor") AS BIGINT) AS "amountMinor",
      CAST(SUM(CASE WHEN "status" = 'active' AND "cancelAt" IS NULL AND "cardExpiresAt" <= "chargesNextAt" THEN 1 ELSE 0 END)
        AS BIGINT) AS "cardEnding",
      CAST(SUM(CASE WHEN "status" = 'active' AND "cancelAt" IS NULL AND "cardExpiresAt" <= "chargesNextAt" THEN "amountMinor"
        ELSE 0 END) AS BIGINT) AS "cardEndingMinor"
    FROM "RecurringGift" GROUP BY "currency", "frequency", "status"`;
  return rows
    .filter(({ status }) => statuses.includes(status))
    .map((row) => ({
      ...{ ...row, gifts: Number(row.gifts), ending: Number(row.ending), cardEnding: Number(row.cardEnding) },
      ...{ amountMinor: BigInt(row.amountMinor), cardEndingMinor: BigInt(row.cardEndingMinor) },
    }));
}

export async function replaceRecurringTotals(tx: Tx, totals: RecurringTotal[]): Promise<void> {
  await tx.recurringTotal.deleteMany({});
  await tx.recurringTotal.createMany({ data: totals });
}
