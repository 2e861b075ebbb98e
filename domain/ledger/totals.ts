// Sums of the books per day, month and ever: by frequency, by article, by the appeal's variant. A page reads a few rows of
// them, whatever the number of payments.
import type { Payment } from "../../generated/sqlite/client";
import { dayOn } from "../calendar";
import type { Tx } from "../database";
import { forRows } from "./many-rows";
import type { Recording } from "./recording";

export const COUNTS = ["payments", "refunds", "disputes", "settledPayments", "pendingPayments"] as const;
export const SUMS = [
  "grossMinor",
  "refundedMinor",
  "disputedMinor",
  "settledMinor",
  "feeMinor",
  "netMinor",
  "pendingMinor",
  "pendingFeeMinor",
  "pendingNetMinor",
] as const;
const KEY = ["period", "by", "start", "value", "currency", "settledCurrency"] as const;
export type Sums = Partial<Record<(typeof COUNTS)[number], number> & Record<(typeof SUMS)[number], bigint>>;

export type TotalKey = Record<(typeof KEY)[number], string>;

/** `settledCurrency` is empty for what is counted in the currency given. */
export type Addition = { occurredAt: Date; settledCurrency: string; sums: Sums };

type Counted = Pick<Payment, "currency" | "frequency" | "article" | "appeal" | "variant">;

export async function addToTotals({ tx, timeZone }: Recording, payment: Counted, addition: Addition): Promise<void> {
  const { sums } = addition;
  await addSums(
    tx,
    totalKeys(payment, { ...addition, timeZone }).map((key) => ({ key, sums })),
  );
}

/** One statement for all rows: it runs on SQLite and PostgreSQL alike, and adds whether or not the row is there. */
export async function addSums(tx: Tx, added: { key: TotalKey; sums: Sums }[]): Promise<void> {
  const rows = added.map(({ key, sums }) => [...KEY.map((name) => key[name]), ...columnsOf(sums)]);
  await tx.$executeRaw(...forRows(INSERT, rows, ADD));
}

/** The rows that something about a payment counts in: the day and the month it happened in, and ever. */
export function totalKeys(
  payment: Counted,
  { occurredAt, settledCurrency, timeZone }: { occurredAt: Date; settledCurrency: string; timeZone: string },
): TotalKey[] {
  const day = dayOn(occurredAt, timeZone);
  const periods = [
    { period: "day", start: day },
    { period: "ever", start: "" },
    { period: "month", start: day.slice(0, 7) },
  ];
  const values = [
    { by: "article", value: payment.article ?? "" },
    { by: "frequency", value: payment.frequency },
    { by: "variant", value: `${payment.appeal ?? ""}/${payment.variant ?? ""}` },
  ];
  // Always in one order, so that two transactions never wait for each other's rows.
  return periods.flatMap((period) =>
    values.map((value) => ({ ...period, ...value, currency: payment.currency, settledCurrency })),
  );
}

function columnsOf(sums: Sums): (number | bigint)[] {
  return [...COUNTS.map((name) => sums[name] ?? 0), ...SUMS.map((name) => sums[name] ?? 0n)];
}

const COLUMNS = [...KEY, ...COUNTS, ...SUMS];
const INSERT = `INSERT INTO "Total" (${COLUMNS.map(quoted).join(", ")}) VALUES`;
const ADD = `ON CONFLICT (${KEY.map(quoted).join(", ")}) DO UPDATE SET
  ${[...COUNTS, ...SUMS].map((name) => `"${name}" = "Total"."${name}" + excluded."${name}"`).join(", ")}`;

function quoted(name: string): string {
  return `"${name}"`;
}
