// The books: entries that are written once, and the sums of them. These are the only two functions that write either, so that
// the sums are never anything but what the entries add up to.
import { isDeepStrictEqual } from "node:util";
import type { BalanceEntry, Payment } from "../../generated/sqlite/client";
import type { BalanceMoved, EntryKind } from "./fact";
import { forRow, UNLESS_THERE } from "./many-rows";
import type { Recording } from "./recording";
import { type Addition, addToTotals, type Sums, totalKeys } from "./totals";

export type NewEntry = { key: string; kind: EntryKind; amountMinor: bigint; occurredAt: Date };

/** Appends what a payment did, in the currency given. False where that entry is in the books already. */
export async function appendEntry(recording: Recording, payment: Payment, entry: NewEntry): Promise<boolean> {
  const { tx, now } = recording;
  const { key, kind, amountMinor, occurredAt } = entry;
  const { id: paymentId, currency } = payment;
  const row = { key, kind, paymentId, amountMinor, currency, occurredAt, recordedAt: now };
  const added = await tx.$executeRaw(...forRow({ table: "Entry", row, after: UNLESS_THERE }));
  if (added === 0) return false;
  await addToTotals(recording, payment, { occurredAt, settledCurrency: "", sums: entrySums(kind, amountMinor) });
  return true;
}

/** Appends what it did to the balance at Stripe. False where that balance transaction is in the books already. */
export async function appendBalanceEntry(
  recording: Recording,
  payment: Payment,
  moved: BalanceMoved,
): Promise<boolean> {
  const { tx, now } = recording;
  const { balanceTransactionId: id, of: kind, sourceId, settled, movedAt: occurredAt } = moved;
  const row = {
    id,
    kind,
    paymentId: payment.id,
    sourceId,
    currency: settled.currency,
    amountMinor: BigInt(settled.amountMinor),
    feeMinor: BigInt(settled.feeMinor),
    netMinor: BigInt(settled.netMinor),
    occurredAt,
    recordedAt: now,
  };
  const added = await tx.$executeRaw(...forRow({ table: "BalanceEntry", row, after: UNLESS_THERE }));
  if (added === 0) return false;
  if (dependsOnNoOther(payment, row)) await moveTotals(recording, { to: { payment, rows: [row] } });
  else {
    const rows = await tx.balanceEntry.findMany({ where: { paymentId: payment.id } });
    const before = rows.filter((each) => each.id !== id);
    await moveTotals(recording, { from: { payment, rows: before }, to: { payment, rows } });
  }
  return true;
}

/** True for the common case, a card that paid: it needs no query for the payment's other rows. A pending payment counts itself, too. */
function dependsOnNoOther(payment: Payment, row: BalanceRow): boolean {
  return payment.status !== "pending" && (!row.kind.startsWith("payment") || hasCome(payment, row));
}

/** Counts a payment that is on its way. What has come is counted by its entry. */
export async function countNew(recording: Recording, payment: Payment): Promise<void> {
  await moveTotals(recording, { to: { payment, rows: [] } });
}

/**
 * Moves a payment's sums to where they belong now. Its day, its status and the charge that paid it may be learnt after what
 * Stripe booked for it. The entries stay as they were written.
 */
export async function recount(
  recording: Recording,
  { before, payment }: { before: Payment; payment: Payment },
): Promise<void> {
  if (COUNTED.every((column) => isDeepStrictEqual(before[column], payment[column]))) return;
  const rows = await recording.tx.balanceEntry.findMany({ where: { paymentId: payment.id } });
  await moveTotals(recording, { from: { payment: before, rows }, to: { payment, rows } });
}

/** The columns of a payment that decide how much counts, and where. */
const COUNTED = ["status", "chargeId", "paidAt", "amountMinor", "currency", "frequency"] as const;

type BalanceRow = Pick<BalanceEntry, "id" | "kind" | "sourceId" | "currency" | "feeMinor" | "netMinor" | "occurredAt">;
type Standing = { payment: Payment; rows: readonly BalanceRow[] };

/** Takes off what counted before, and adds what counts now; nothing where these are the same. */
async function moveTotals(recording: Recording, { from, to }: { from?: Standing; to: Standing }): Promise<void> {
  const { timeZone } = recording;
  const [before, after] = [from ? additionsOf(from) : new Map<string, Addition>(), additionsOf(to)];
  const whereCounted = (payment: Payment, addition: Addition | undefined) =>
    addition && [addition.sums, totalKeys(payment, { ...addition, timeZone })];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [counted, counts] = [before.get(key), after.get(key)];
    if (isDeepStrictEqual(whereCounted(from?.payment ?? to.payment, counted), whereCounted(to.payment, counts)))
      continue;
    if (counted)
      await addToTotals(recording, from?.payment ?? to.payment, { ...counted, sums: negative(counted.sums) });
    if (counts) await addToTotals(recording, to.payment, counts);
  }
}

/** The sums of a pending payment itself (`pending`) and of each balance transaction, by its id. */
function additionsOf({ payment, rows }: Standing): Map<string, Addition> {
  const returned = returnedCharges(rows);
  const all: [string, Addition][] = [
    ["pending", { occurredAt: payment.paidAt, settledCurrency: "", sums: pendingSums(payment) }],
    ...rows.map((row): [string, Addition] => {
      const sums = balanceSums(payment, row, returned);
      return [row.id, { occurredAt: countedAt(payment, row), settledCurrency: row.currency, sums }];
    }),
  ];
  return new Map(all.filter(([, { sums }]) => Object.keys(sums).length > 0));
}

function negative(sums: Sums): Sums {
  return Object.fromEntries(Object.entries(sums).map(([column, sum]) => [column, -sum]));
}

/** A payment's balance transactions count on the payment's own day, so that a day's gross, fee and net are of the same gifts. */
export function countedAt(payment: Pick<Payment, "paidAt">, row: { kind: string; occurredAt: Date }): Date {
  return row.kind.startsWith("payment") ? payment.paidAt : row.occurredAt;
}

/** What an entry of each kind adds to, by its signed sum: also the rule by which the sums are derived again. */
const SUMS_OF: Record<string, (amountMinor: bigint) => Sums> = {
  payment: (amountMinor) => ({ payments: 1, grossMinor: amountMinor }),
  refund: (amountMinor) => ({ refunds: 1, refundedMinor: -amountMinor }),
  "refund-returned": (amountMinor) => ({ refunds: -1, refundedMinor: -amountMinor }),
  dispute: (amountMinor) => ({ disputes: 1, disputedMinor: -amountMinor }),
  "dispute-returned": (amountMinor) => ({ disputes: -1, disputedMinor: -amountMinor }),
};

/** Nothing for a kind that no entry can have: such a row was not written by us, and the check names it. */
export function entrySums(kind: string, amountMinor: bigint): Sums {
  return SUMS_OF[kind]?.(amountMinor) ?? {};
}

/** A payment that is on its way: in the currency given, apart from what has come. */
export function pendingSums({ status, amountMinor }: Pick<Payment, "status" | "amountMinor">): Sums {
  return status === "pending" ? { pendingPayments: 1, pendingMinor: amountMinor } : {};
}

/** The charges that bounced: Stripe has taken their money back. */
export function returnedCharges(rows: readonly { kind: string; sourceId: string }[]): Set<string> {
  return new Set(rows.filter(({ kind }) => kind === "payment-returned").map(({ sourceId }) => sourceId));
}

/**
 * The sums of one balance transaction. Stripe books a bank debit when it is begun, so money of a charge that has neither come nor
 * bounced is no income: it is pending while its payment is, and else counts nowhere until its end is known. So net never
 * exceeds gross. A charge that bounced counts with both its rows: its fees.
 */
export function balanceSums(
  payment: Pick<Payment, "amountMinor" | "status" | "chargeId">,
  row: { kind: string; sourceId: string; feeMinor: bigint; netMinor: bigint },
  returned: ReadonlySet<string>,
): Sums {
  const { feeMinor, netMinor } = row;
  if (row.kind !== "payment") return { feeMinor, netMinor };
  if (hasCome(payment, row)) return { feeMinor, netMinor, settledPayments: 1, settledMinor: payment.amountMinor };
  if (returned.has(row.sourceId)) return { feeMinor, netMinor };
  return payment.status === "pending" ? { pendingFeeMinor: feeMinor, pendingNetMinor: netMinor } : {};
}

/** Of all charges that were tried for a payment, the one that brought the money. */
function hasCome(
  { status, chargeId }: Pick<Payment, "status" | "chargeId">,
  { kind, sourceId }: { kind: string; sourceId: string },
): boolean {
  return status === "succeeded" && kind === "payment" && sourceId === chargeId;
}
