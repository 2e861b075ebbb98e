// What the books must say of themselves: sums that are kept must be what the entries add up to, and a payment's standing what its
// entries say.
import type { Total } from "../../../generated/sqlite/client";
import type { Db } from "../../../systems/database";
import { balanceSums, countedAt, entrySums } from "../entries";
import { COUNTS, SUMS, type Sums, type TotalKey, totalKeys } from "../totals";
import type { Difference } from "./row";

const PAGE = 1_000;

type Kept = Record<(typeof COUNTS)[number], number> & Record<(typeof SUMS)[number], bigint>;

/** The sums of all entries, by the names of their rows. */
export async function deriveTotals(db: Db, timeZone: string): Promise<Map<string, { key: TotalKey; sums: Kept }>> {
  const totals = new Map<string, { key: TotalKey; sums: Kept }>();
  const add = (keys: TotalKey[], sums: Sums) => {
    for (const key of keys) addTo(totals, key, sums);
  };
  for await (const { payment, ...entry } of entries(db)) {
    const { kind, amountMinor, occurredAt } = entry;
    add(totalKeys(payment, { occurredAt, settledCurrency: "", timeZone }), entrySums(kind, amountMinor));
  }
  for await (const { payment, ...row } of balanceEntries(db)) {
    const when = { occurredAt: countedAt(payment, row), settledCurrency: row.currency, timeZone };
    add(totalKeys(payment, when), balanceSums(payment, row));
  }
  return totals;
}

/** Where the kept sums are not what the entries add up to. */
export async function compareTotals(db: Db, timeZone: string): Promise<Difference[]> {
  const derived = await deriveTotals(db, timeZone);
  const kept = new Map((await db.total.findMany()).map((row) => [nameOf(row), row]));
  const names = [...new Set([...derived.keys(), ...kept.keys()])].sort();
  return names.flatMap((name) => {
    const [ours, theirs] = [kept.get(name), derived.get(name)?.sums];
    return [...COUNTS, ...SUMS]
      .filter((column) => BigInt(ours?.[column] ?? 0) !== BigInt(theirs?.[column] ?? 0))
      .map((column) => sumDiffers(name, { place: `total.${column}`, ours: ours?.[column], theirs: theirs?.[column] }));
  });
}

/** Where a payment's refunded or disputed sum is not what its entries say. */
export async function compareStandings(db: Db): Promise<Difference[]> {
  const sums = await db.entry.groupBy({
    by: ["paymentId", "kind"],
    where: { kind: { not: "payment" } },
    _sum: { amountMinor: true },
  });
  const back = new Map<string, { refundedMinor: bigint; disputedMinor: bigint }>();
  for (const { paymentId, kind, _sum } of sums) {
    const standing = back.get(paymentId) ?? { refundedMinor: 0n, disputedMinor: 0n };
    standing[kind.startsWith("refund") ? "refundedMinor" : "disputedMinor"] -= _sum.amountMinor ?? 0n;
    back.set(paymentId, standing);
  }
  const touched = {
    OR: [{ refundedMinor: { not: 0n } }, { disputedMinor: { not: 0n } }, { id: { in: [...back.keys()] } }],
  };
  const payments = await db.payment.findMany({ where: touched });
  return payments.flatMap((payment) =>
    (["refundedMinor", "disputedMinor"] as const)
      .map((column) => ({ column, ours: payment[column], theirs: back.get(payment.id)?.[column] ?? 0n }))
      .filter(({ ours, theirs }) => ours !== theirs)
      .map(({ column, ours, theirs }) =>
        sumDiffers(payment.paymentIntentId ?? payment.invoiceId ?? payment.id, {
          place: `payment.${column}`,
          ours,
          theirs,
        }),
      ),
  );
}

/** Keeps the sums that the entries add up to, in place of those that are kept: sums are no entries, and may be replaced. */
export async function replaceTotals(db: Db, timeZone: string): Promise<void> {
  const derived = await deriveTotals(db, timeZone);
  const rows = [...derived.values()].map(({ key, sums }) => ({ ...key, ...sums }));
  await db.$transaction(async (tx) => {
    await tx.total.deleteMany({});
    for (let from = 0; from < rows.length; from += PAGE)
      await tx.total.createMany({ data: rows.slice(from, from + PAGE) });
  });
}

function addTo(totals: Map<string, { key: TotalKey; sums: Kept }>, key: TotalKey, added: Sums): void {
  const known = totals.get(nameOf(key)) ?? { key, sums: nothing() };
  for (const name of COUNTS) known.sums[name] += added[name] ?? 0;
  for (const name of SUMS) known.sums[name] += added[name] ?? 0n;
  totals.set(nameOf(key), known);
}

function nothing(): Kept {
  const counts = { payments: 0, refunds: 0, disputes: 0, settledPayments: 0 };
  const sums = { grossMinor: 0n, refundedMinor: 0n, disputedMinor: 0n, settledMinor: 0n, feeMinor: 0n, netMinor: 0n };
  return { ...counts, ...sums };
}

function nameOf({ period, start, by, value, currency, settledCurrency }: TotalKey | Total): string {
  return [period, start, by, value, currency, settledCurrency].join("|");
}

type Told = { place: string; ours: number | bigint | undefined; theirs: number | bigint | undefined };

function sumDiffers(object: string, { place, ours, theirs }: Told): Difference {
  return { object, place, cause: "sum-differs", ours: String(ours ?? 0), theirs: String(theirs ?? 0) };
}

async function* entries(db: Db) {
  let after = "";
  while (true) {
    const page = await db.entry.findMany({
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

async function* balanceEntries(db: Db) {
  let after = "";
  while (true) {
    const page = await db.balanceEntry.findMany({
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
