import { addDays } from "../calendar";
import type { Db } from "../database";
import { splitTotalGroupValue, type TotalGrouping } from "../ledger/total-values";
import {
  type Currency,
  currencyFromStripe,
  type Money,
  type MoneyInAnyCurrency,
  moneyOf,
  settledMoneyOf,
} from "../money";
import { groupBy } from "./group-by";
import { type DayRange, isWholeMonths } from "./periods";
import {
  type IncomeColumn,
  type IncomeTotalRow,
  selectIncome,
  sumIncomeOfRange,
  sumNetIncomeOfRange,
  type TotalsRange,
} from "./store/totals";

/**
 * The income from gifts in one currency. Defined in docs/figures.md: `payments`, `gross`, `returned`, `kept`, `fees`,
 * `covered`, `net`.
 */
export type CurrencyIncome = {
  currency: Currency;
  payments: number;
  gross: Money;
  /** The part of `gross` that supporters added to cover card fees. */
  covered: Money;
  refunded: Money;
  disputed: Money;
  returned: Money;
  kept: Money;
  /** `fees` and `net` have one amount for each currency in which Stripe settled payments. Usually there is only one. */
  fees: MoneyInAnyCurrency[];
  net: MoneyInAnyCurrency[];
  /** The payments whose fee is not known yet. `gross` includes them, but `net` does not. */
  unsettled: { payments: number; gross: Money };
};

/**
 * The ways to divide income into parts. `by`: the grouping of the stored totals that are read (column `Total.by`).
 * `of`: gets the `value` of a stored total and returns the name of the part to which the total belongs.
 */
export const INCOME_BREAKDOWNS = {
  all: { by: "frequency", of: () => "" },
  frequency: { by: "frequency", of: (value) => splitTotalGroupValue(value, 2)[0] },
  /** The part is `once` or `recurring`. */
  rhythm: { by: "frequency", of: (value) => (splitTotalGroupValue(value, 2)[0] === "once" ? "once" : "recurring") },
  /** The part is `new` or `returning`. Defined in docs/figures.md: `new-or-returning`. */
  supporter: { by: "frequency", of: (value) => splitTotalGroupValue(value, 2)[1] },
  "frequency-supporter": { by: "frequency", of: (value) => value },
  article: { by: "article", of: (value) => splitTotalGroupValue(value, 2)[0] },
  "article-frequency": { by: "article", of: (value) => value },
  appeal: { by: "variant", of: (value) => splitTotalGroupValue(value, 3)[0] },
  variant: { by: "variant", of: (value) => splitTotalGroupValue(value, 3).slice(0, 2).join("/") },
  placement: { by: "variant", of: (value) => splitTotalGroupValue(value, 3)[2] },
  "variant-placement": { by: "variant", of: (value) => value },
} as const satisfies Record<string, { by: TotalGrouping; of: (value: string) => string }>;
export type IncomeGrouping = keyof typeof INCOME_BREAKDOWNS;

/**
 * For at most this many ranges, the database adds up the rows. For more ranges, getIncome() reads all rows and adds
 * them up itself.
 */
const FEW_RANGES = 3;

/**
 * Returns, for each range, the income by part and currency. Parts without income are left out. The ranges can overlap.
 */
export async function getIncome(
  db: Db,
  { ranges, grouping = "all" }: { ranges: readonly DayRange[]; grouping?: IncomeGrouping },
): Promise<Map<string, CurrencyIncome[]>[]> {
  const { by, of } = INCOME_BREAKDOWNS[grouping];
  if (ranges.length <= FEW_RANGES) {
    const read = (range: DayRange) => sumIncomeOfRange(db, { by, ...totalsRangeOf(range, isWholeMonths(range)) });
    return Promise.all(ranges.map(async (range) => incomeByPart(await read(range), of)));
  }
  const rows = await readRowsOfDayRanges(ranges, (range) => selectIncome(db, { by, ...range }));
  return rows.map((own) => incomeByPart(own, of));
}

type NetOfPart = { payments: number; net: MoneyInAnyCurrency[] };

/**
 * Returns the number of payments and the net income of each group of `grouping`, such as each article. Defined in
 * docs/figures.md: `payments`, `net`.
 */
export async function getNetIncome(
  db: Db,
  { range, grouping }: { range: DayRange; grouping: IncomeGrouping },
): Promise<Map<string, NetOfPart>> {
  const { by, of } = INCOME_BREAKDOWNS[grouping];
  const rows = await sumNetIncomeOfRange(db, { by, ...totalsRangeOf(range, isWholeMonths(range)) });
  const parts = groupBy(
    rows.filter(({ payments, netMinor }) => payments || netMinor),
    ({ value }) => of(value),
  );
  return new Map(
    [...parts].map(([name, own]) => [
      name,
      {
        payments: Number(own.reduce((sum, { payments }) => sum + payments, 0n)),
        net: own.flatMap((row) => (row.settledCurrency ? settledMoneyOf(row.netMinor, row.settledCurrency) : [])),
      },
    ]),
  );
}

/**
 * Returns the rows of the totals for each range. Ranges that overlap or follow each other are read with one query.
 * Reads monthly totals if all ranges are whole months, and otherwise daily totals.
 */
export async function readRowsOfDayRanges<Row extends { start: string }>(
  ranges: readonly DayRange[],
  read: (range: TotalsRange) => Promise<Row[]>,
): Promise<Row[][]> {
  const inMonths = ranges.every(isWholeMonths);
  const spans: DayRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = spans.at(-1);
    if (last && from <= addDays(last.to, 1)) last.to = to > last.to ? to : last.to;
    else spans.push({ from, to });
  }
  const rows: Row[] = [];
  for (const span of spans) rows.push(...(await read(totalsRangeOf(span, inMonths))));
  return ranges.map((range) => {
    const { from, to } = totalsRangeOf(range, inMonths);
    return rows.filter(({ start }) => start >= from && start <= to);
  });
}

export function totalsRangeOf({ from, to }: DayRange, inMonths: boolean): TotalsRange {
  return inMonths ? { period: "month", from: from.slice(0, 7), to: to.slice(0, 7) } : { period: "day", from, to };
}

type Row = Omit<IncomeTotalRow, "start">;

function incomeByPart(rows: readonly Row[], of: (value: string) => string): Map<string, CurrencyIncome[]> {
  const parts = groupBy(rows, ({ value }) => of(value));
  return new Map([...parts].flatMap(([name, own]) => (hasIncome(own) ? [[name, perCurrency(own)]] : [])));
}

/**
 * Returns false if all amounts are zero. When a payment is moved to another day, a row with zeros remains for the old
 * day.
 */
function hasIncome(rows: readonly Row[]): boolean {
  return rows.some((row) => row.payments || row.grossMinor || row.refundedMinor || row.disputedMinor || row.netMinor);
}

function perCurrency(rows: readonly Row[]): CurrencyIncome[] {
  return [...groupBy(rows, ({ currency }) => currency)]
    .filter(([, own]) => hasIncome(own))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => incomeOf(currency, own));
}

function incomeOf(currency: string, rows: readonly Row[]): CurrencyIncome {
  const sum = (column: IncomeColumn) => rows.reduce((total, row) => total + row[column], 0n);
  const money = (minor: bigint) => moneyOf(minor, currency);
  const [gross, refunded, disputed] = [sum("grossMinor"), sum("refundedMinor"), sum("disputedMinor")];
  const settled = [...groupBy(rows, (row) => row.settledCurrency)].filter(([name]) => name !== "");
  const settledSums = (column: "feeMinor" | "netMinor") =>
    settled.map(([name, own]) =>
      settledMoneyOf(
        own.reduce((total, row) => total + row[column], 0n),
        name,
      ),
    );
  const payments = Number(sum("payments"));
  return {
    ...{ currency: currencyFromStripe(currency), payments, gross: money(gross) },
    covered: money(sum("coveredFeeMinor")),
    ...{ refunded: money(refunded), disputed: money(disputed), returned: money(refunded + disputed) },
    kept: money(gross - refunded - disputed),
    ...{ fees: settledSums("feeMinor"), net: settledSums("netMinor") },
    unsettled: {
      payments: payments - Number(sum("settledPayments")),
      gross: money(gross - sum("settledMinor")),
    },
  };
}
