// The exports of the income page. The names and order of the columns must not change (docs/exports.md). No row contains
// personal data.
import type { Db } from "../../database";
import { type MoneyInAnyCurrency, toDecimal } from "../../money";
import { type ExchangeRate, exchangeRateDecimal } from "../exchange";
import type { AverageAndMedianGift } from "../gift-sizes";
import type { CurrencyIncome } from "../income";
import type { IncomeExactAndConverted } from "../income-lines";
import {
  comparedRangesOf,
  getComparedGiftSizes,
  getIncomeWithEarlierPeriods,
  INCOME_DIMENSIONS,
  type IncomeDimension,
  type IncomeReportInput,
  listDimensionIncomes,
  listPeriodIncomes,
} from "../income-report";
import type { DayRange } from "../periods";
import type { ExportCell } from "./payments";

const LINE_COLUMNS = [
  ...["from", "to", "part", "kind", "currency", "payments", "gross", "returned", "kept", "fees_to_come"],
  ...["settled_currency", "fees", "net", "rates", "covered"],
];
const SIZE_COLUMNS = ["from", "to", "frequency", "currency", "payments", "average", "median"];

export const INCOME_EXPORT_TABLE_NAMES = ["compared", "steps", "sizes", ...INCOME_DIMENSIONS] as const;
export type IncomeExportTableName = (typeof INCOME_EXPORT_TABLE_NAMES)[number];

export function incomeColumns(table: IncomeExportTableName): readonly string[] {
  return table === "sizes" ? SIZE_COLUMNS : LINE_COLUMNS;
}

export async function* listIncomeRows(
  db: Db,
  { table, ...question }: IncomeReportInput & { table: IncomeExportTableName },
): AsyncGenerator<ExportCell[][]> {
  if (table === "sizes") return yield* sizeRows(db, question);
  if (table === "compared") return yield* comparedRows(db, question);
  if (table === "steps") {
    for (const { range, line } of await listPeriodIncomes(db, question)) yield rowsOf(line, { range, part: "" });
    return;
  }
  yield* dividedRows(db, { ...question, dimension: table });
}

async function* comparedRows(db: Db, question: IncomeReportInput): AsyncGenerator<ExportCell[][]> {
  const { compared, now, before, yearBefore } = await getIncomeWithEarlierPeriods(db, question);
  yield rowsOf(now, { range: compared.range, part: "period" });
  yield rowsOf(before, { range: compared.before, part: "before" });
  yield rowsOf(yearBefore, { range: compared.yearBefore, part: "year-before" });
}

async function* dividedRows(db: Db, question: IncomeReportInput & { dimension: IncomeDimension }) {
  const { range } = comparedRangesOf(question);
  for (const { name, line } of await listDimensionIncomes(db, question)) yield rowsOf(line, { range, part: name });
}

async function* sizeRows(db: Db, question: IncomeReportInput): AsyncGenerator<ExportCell[][]> {
  const { range, beside } = besideOf(question);
  const { now, before } = await getComparedGiftSizes(db, question);
  yield now.map((size) => sizeCells(size, range));
  yield before.map((size) => sizeCells(size, beside));
}

function besideOf(question: IncomeReportInput): { range: DayRange; beside: DayRange } {
  const { range, before, yearBefore } = comparedRangesOf(question);
  return { range, beside: question.view.compare === "year" ? yearBefore : before };
}

function sizeCells(
  { frequency, currency, payments, average, median }: AverageAndMedianGift,
  { from, to }: DayRange,
): ExportCell[] {
  return [from, to, frequency, currency, { decimal: String(payments) }, decimal(average), decimal(median)];
}

type Place = { range: DayRange; part: string };

function rowsOf(line: IncomeExactAndConverted, place: Place): ExportCell[][] {
  return [...line.exact.flatMap((income) => exactRows(income, place)), convertedRow(line, place)];
}

/**
 * Returns the rows about the gifts in one currency: one row for each settlement currency, or a single row if nothing
 * has been settled. Only the first row has the sums in the gift's currency.
 */
function exactRows(income: CurrencyIncome, { range, part }: Place): ExportCell[][] {
  const { currency, payments, gross, returned, kept, unsettled, fees, covered, net } = income;
  const sums = [{ decimal: String(payments) }, ...[gross, returned, kept, unsettled.gross].map(decimal)];
  const settled = net.length > 0 ? net : [null];
  return settled.map((each, n) => [
    ...[range.from, range.to, part, "exact", currency],
    ...(n === 0 ? sums : ["", "", "", "", ""]),
    ...(each ? [each.currency, decimal(fees[n] ?? { ...each, amountMinor: 0 }), decimal(each)] : ["", "", ""]),
    "",
    n === 0 ? decimal(covered) : "",
  ]);
}

function convertedRow(
  { payments, converted, rates, missing }: IncomeExactAndConverted,
  { range, part }: Place,
): ExportCell[] {
  const { gross, returned, kept, unsettled, fees, covered, net } = converted;
  return [
    ...[range.from, range.to, part, "converted", net.currency, { decimal: String(payments) }],
    ...[decimal(gross), decimal(returned), decimal(kept), decimal(unsettled), net.currency],
    ...[decimal(fees), decimal(net), [...rates.map(rateText), ...missing.map((each) => `${each}: no rate`)].join("; ")],
    decimal(covered),
  ];
}

function decimal(money: MoneyInAnyCurrency): ExportCell {
  return { decimal: toDecimal(money) };
}

function rateText(rate: ExchangeRate): string {
  return `${rate.currency} ${exchangeRateDecimal(rate)} (${rate.day}, ${rate.sourceName ?? "Stripe"})`;
}
