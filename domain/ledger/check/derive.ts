// What the books must say of themselves: sums that are kept must be what the entries add up to.
import type { Total } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { balanceSums, countedAt, entrySums, pendingSums, returnedCharges } from "../entries";
import { addSums, COUNTS, SUMS, type Sums, type TotalKey, totalKeys } from "../totals";
import { type Difference, sumDiffers } from "./row";

const PAGE = 1_000;

type Kept = Record<(typeof COUNTS)[number], number> & Record<(typeof SUMS)[number], bigint>;

/** The sums of all entries and of all payments on their way, by the names of their rows. */
export async function deriveTotals(tx: Tx, timeZone: string): Promise<Map<string, { key: TotalKey; sums: Kept }>> {
  const totals = new Map<string, { key: TotalKey; sums: Kept }>();
  const add = (keys: TotalKey[], sums: Sums) => {
    for (const key of keys) addTo(totals, key, sums);
  };
  for await (const { payment, ...entry } of entries(tx)) {
    const { kind, amountMinor, occurredAt } = entry;
    add(totalKeys(payment, { occurredAt, settledCurrency: "", timeZone }), entrySums(kind, amountMinor));
  }
  const bounced = { where: { kind: "payment-returned" }, select: { kind: true, sourceId: true } };
  const returned = returnedCharges(await tx.balanceEntry.findMany(bounced));
  for await (const { payment, ...row } of balanceEntries(tx)) {
    const when = { occurredAt: countedAt(payment, row), settledCurrency: row.currency, timeZone };
    add(totalKeys(payment, when), balanceSums(payment, row, returned));
  }
  for (const payment of await tx.payment.findMany({ where: { status: "pending" } }))
    add(totalKeys(payment, { occurredAt: payment.paidAt, settledCurrency: "", timeZone }), pendingSums(payment));
  return totals;
}

/** What a kept sum lacks; negative where it has too much. */
export type Lack = { key: TotalKey; sums: Sums };

/** Where the kept sums are not what the entries add up to, and by how much. `tx` must show both at one moment. */
export async function compareTotals(tx: Tx, timeZone: string): Promise<{ differences: Difference[]; lacks: Lack[] }> {
  const derived = await deriveTotals(tx, timeZone);
  const kept = new Map((await tx.total.findMany()).map((row) => [nameOf(row), row]));
  const keys = new Map([...kept, ...[...derived].map(([name, { key }]) => [name, key] as const)]);
  const all = [...keys]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, key]) => {
      const [ours, theirs] = [kept.get(name) ?? nothing(), derived.get(name)?.sums ?? nothing()];
      const off = [...COUNTS, ...SUMS].filter((column) => ours[column] !== theirs[column]);
      const told = off.map((column) =>
        sumDiffers(name, { place: `total.${column}`, ours: ours[column], theirs: theirs[column] }),
      );
      return { told, lack: { key, sums: lackOf(ours, theirs) } };
    });
  const wrong = all.filter(({ told }) => told.length > 0);
  return { differences: wrong.flatMap(({ told }) => told), lacks: wrong.map(({ lack }) => lack) };
}

function lackOf(ours: Kept, theirs: Kept): Sums {
  return Object.fromEntries([
    ...COUNTS.map((column) => [column, theirs[column] - ours[column]]),
    ...SUMS.map((column) => [column, theirs[column] - ours[column]]),
  ]);
}

/**
 * Adds what the kept sums lack: once, so only where nobody else has mended them since. Not their true value in its place: since
 * it was derived a payment may have been added to them.
 * A row of which nothing is left goes.
 */
export async function mendTotals(tx: Tx, lacks: Lack[]): Promise<void> {
  for (let from = 0; from < lacks.length; from += PAGE) await addSums(tx, lacks.slice(from, from + PAGE));
  await tx.total.deleteMany({ where: nothing() });
}

function addTo(totals: Map<string, { key: TotalKey; sums: Kept }>, key: TotalKey, added: Sums): void {
  const known = totals.get(nameOf(key)) ?? { key, sums: nothing() };
  for (const name of COUNTS) known.sums[name] += added[name] ?? 0;
  for (const name of SUMS) known.sums[name] += added[name] ?? 0n;
  totals.set(nameOf(key), known);
}

function nothing(): Kept {
  return Object.fromEntries([...COUNTS.map((name) => [name, 0]), ...SUMS.map((name) => [name, 0n])]);
}

function nameOf({ period, start, by, value, currency, settledCurrency }: TotalKey | Total): string {
  return [period, start, by, value, currency, settledCurrency].join("|");
}

async function* entries(tx: Tx) {
  let after = "";
  while (true) {
    const page = await tx.entry.findMany({
      where: { key: { gt: after } },
      orderBy: { key: "asc" },
      take: PAGE,
      include: { payment: true },
    });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.key ?? "";
  }
}

async function* balanceEntries(tx: Tx) {
  let after = "";
  while (true) {
    const page = await tx.balanceEntry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
      take: PAGE,
      include: { payment: true },
    });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? "";
  }
}
