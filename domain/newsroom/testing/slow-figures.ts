// Calculates the newsroom's statistics slowly from the ledger's rows. Shares no code with the stored totals or the
// pages.
import type { Db } from "../../database";
import type { DayRange } from "../periods";

export type LoadedLedgerRows = Awaited<ReturnType<typeof readLedgerRows>>;

export async function readLedgerRows(db: Db, timeZone: string) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone });
  const payments = await db.payment.findMany({ include: { supporter: { include: { addresses: true } } } });
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const ofPayment = (id: string) => byId.get(id) as (typeof payments)[number];
  const entries = (await db.entry.findMany()).map((row) => ({ ...row, payment: ofPayment(row.paymentId) }));
  const balance = (await db.balanceEntry.findMany()).map((row) => ({ ...row, payment: ofPayment(row.paymentId) }));
  const gifts = await db.recurringGift.findMany();
  const days = new Map<number, string>();
  const dayOf = (at: Date) => {
    const day = days.get(at.getTime()) ?? format.format(at);
    days.set(at.getTime(), day);
    return day;
  };
  return { payments, entries, balance, gifts, dayOf };
}

type Payment = LoadedLedgerRows["payments"][number];
type SlowIncome = Record<string, string>;

/**
 * Calculates the income in a range. Returns all sums as text, by part and currency. `partOf`: returns the part to which
 * a payment belongs.
 */
export function slowlyComputedIncome(
  raw: LoadedLedgerRows,
  { from, to }: DayRange,
  partOf: (payment: Payment) => string,
): Map<string, SlowIncome> {
  const lines = new Map<string, Map<string, bigint>>();
  const isIn = (at: Date) => raw.dayOf(at) >= from && raw.dayOf(at) <= to;
  const add = (payment: Payment, name: string, minor: bigint) => {
    const key = `${partOf(payment)}|${payment.currency}`;
    const sums = lines.get(key) ?? new Map<string, bigint>();
    lines.set(key, sums.set(name, (sums.get(name) ?? 0n) + minor));
  };
  for (const { payment, kind, amountMinor, occurredAt } of raw.entries) {
    if (!isIn(occurredAt)) continue;
    if (kind === "payment") add(payment, "payments", 1n);
    if (kind === "payment") add(payment, "covered", payment.coveredFeeMinor);
    add(payment, kind === "payment" ? "gross" : "returned", kind === "payment" ? amountMinor : -amountMinor);
    add(payment, "kept", amountMinor);
  }
  const bounced = new Set(raw.balance.flatMap(({ kind, sourceId }) => (kind === "payment-returned" ? [sourceId] : [])));
  for (const { payment, kind, sourceId, currency, feeMinor, netMinor, occurredAt } of raw.balance) {
    const isOfCharge = kind.startsWith("payment");
    const isSettled = payment.status === "succeeded" && sourceId === payment.chargeId;
    if (kind === "payment" && !isSettled && !bounced.has(sourceId)) continue;
    if (!isIn(isOfCharge ? payment.paidAt : occurredAt)) continue;
    add(payment, `fees ${currency}`, feeMinor);
    add(payment, `net ${currency}`, netMinor);
  }
  return new Map([...lines].map(([key, sums]) => [key, textsOf(sums)]));
}

function textsOf(sums: Map<string, bigint>): SlowIncome {
  return Object.fromEntries(
    [...sums].filter(([, minor]) => minor !== 0n).map(([name, minor]) => [name, String(minor)]),
  );
}

/**
 * Returns "returning" if the ledger has an earlier payment from the same e-mail address that did not fail, else "new".
 */
export function slowlyComputedNewOrReturning(raw: LoadedLedgerRows, payment: Payment): string {
  const address = payment.supporter?.addresses[0]?.emailHash;
  if (!address) return "new";
  const isEarlier = ({ id, paidAt, status, supporter }: Payment) =>
    status !== "failed" &&
    supporter?.addresses[0]?.emailHash === address &&
    (paidAt < payment.paidAt || (paidAt.getTime() === payment.paidAt.getTime() && id < payment.id));
  return raw.payments.some(isEarlier) ? "returning" : "new";
}

/** Returns the amounts of the succeeded payments in a range, by currency and frequency, the lowest first. */
export function slowlyComputedPaymentAmounts(raw: LoadedLedgerRows, { from, to }: DayRange): Map<string, bigint[]> {
  const amounts = new Map<string, bigint[]>();
  for (const { currency, frequency, amountMinor, paidAt, status } of raw.payments) {
    if (status !== "succeeded" || raw.dayOf(paidAt) < from || raw.dayOf(paidAt) > to) continue;
    const key = `${currency} ${frequency}`;
    amounts.set(key, [...(amounts.get(key) ?? []), amountMinor]);
  }
  for (const own of amounts.values()) own.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return amounts;
}
