// What came in over a period, per currency. Gross is in the currency that was given; fees and net are in the one that Stripe
// settled in, which may differ, and are known a little later. Currencies are never added to each other.
import type { Db } from "../../systems/database";
import { type Currency, currencyFromStripe, type Money, type SettledMoney } from "../money";

export type TotalsRow = {
  currency: string;
  /** Null: Stripe has not told yet what it kept. */
  settledCurrency: string | null;
  payments: number;
  grossMinor: bigint;
  feeMinor: bigint;
  netMinor: bigint;
};

export type CurrencyTotals = {
  currency: Currency;
  payments: number;
  gross: Money;
  /** One line per currency settled in; as a rule there is one, the same as was given. */
  settled: { fee: SettledMoney; net: SettledMoney }[];
  /** Payments whose fee is still to come; they are in `gross` and in no `net`. */
  unsettled: { payments: number; gross: Money } | null;
};

/** Only money that has arrived: status "succeeded". `from` null: since the beginning. */
export async function listTotals(db: Db, { from }: { from: Date | null }): Promise<CurrencyTotals[]> {
  const groups = await db.payment.groupBy({
    by: ["currency", "settledCurrency"],
    where: { status: "succeeded", ...(from && { paidAt: { gte: from } }) },
    _count: true,
    _sum: { amountMinor: true, feeMinor: true, netMinor: true },
  });
  return totalsPerCurrency(
    groups.map(({ currency, settledCurrency, _count, _sum }) => ({
      currency,
      settledCurrency,
      payments: _count,
      grossMinor: _sum.amountMinor ?? 0n,
      feeMinor: _sum.feeMinor ?? 0n,
      netMinor: _sum.netMinor ?? 0n,
    })),
  );
}

export type PendingTotals = { currency: Currency; payments: number; gross: Money };

/** Money that is on its way and may still fail: a bank debit takes days. Counted nowhere else. */
export async function listPending(db: Db): Promise<PendingTotals[]> {
  const groups = await db.payment.groupBy({
    by: ["currency"],
    where: { status: "pending" },
    _count: true,
    _sum: { amountMinor: true },
  });
  return groups.map(({ currency, _count, _sum }) => ({
    currency: currencyFromStripe(currency),
    payments: _count,
    gross: moneyOf(_sum.amountMinor ?? 0n, currency),
  }));
}

export function totalsPerCurrency(rows: readonly TotalsRow[]): CurrencyTotals[] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) => totalsOf(rows.filter((row) => row.currency === currency)));
}

function totalsOf(rows: readonly TotalsRow[]): CurrencyTotals {
  const [{ currency }] = rows as [TotalsRow, ...TotalsRow[]];
  const open = rows.find((row) => row.settledCurrency === null);
  const sum = (of: (row: TotalsRow) => bigint) => rows.reduce((total, row) => total + of(row), 0n);
  return {
    currency: currencyFromStripe(currency),
    payments: rows.reduce((total, row) => total + row.payments, 0),
    gross: moneyOf(
      sum((row) => row.grossMinor),
      currency,
    ),
    settled: rows.flatMap(({ settledCurrency, feeMinor, netMinor }) =>
      settledCurrency === null
        ? []
        : [{ fee: settledMoneyOf(feeMinor, settledCurrency), net: settledMoneyOf(netMinor, settledCurrency) }],
    ),
    unsettled: open ? { payments: open.payments, gross: moneyOf(open.grossMinor, currency) } : null,
  };
}

/** Throws where a sum leaves the integers that a number holds exactly. */
export function moneyOf(minor: bigint, currency: string): Money {
  return { ...settledMoneyOf(minor, currency), currency: currencyFromStripe(currency) };
}

function settledMoneyOf(minor: bigint, currency: string): SettledMoney {
  const amountMinor = Number(minor);
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the sum is too large to show");
  return { amountMinor, currency };
}
