// The exports of the page on recurring gifts. The names and order of the columns must not change (docs/exports.md). No
// row contains personal data.
import type { Db } from "../../database";
import { type MoneyInAnyCurrency, settledMoneyOf, toDecimal } from "../../money";
import { getRecurringTotalsByState } from "../at-risk";
import { countEndReasons } from "../endings";
import { iterateRecentFailedRenewals } from "../failed-renewals";
import {
  getNextMonthForecast,
  listCohortRows,
  listRecurringMovementsByMonth,
  type RecurringReportInput,
  SHOWN_RECURRING_MOVEMENT_KINDS,
} from "../recurring-report";
import type { RecurringGiftsValue } from "../recurring-value";
import type { ExportCell } from "./payments";

const COLUMNS = {
  movements: ["from", "to", "kind", "currency", "movement", "movements", "value_a_year"],
  standings: ["currency", "standing", "gifts", "value_a_month"],
  cohorts: ["cohort", "began", "month", "age", "kept", "lost"],
  forecast: ["from", "to", "kind", "currency", "charges", "scheduled", "expected", "low", "high"],
  failed: ["invoice", "last_tried", "currency", "amount", "reason", "tries", "since"],
  endings: ["reason", "gifts", "days"],
} as const;
export type RecurringExportTableName = keyof typeof COLUMNS;
export const RECURRING_EXPORT_TABLE_NAMES = Object.keys(COLUMNS) as RecurringExportTableName[];

type RecurringExportQuestion = RecurringReportInput & { now: Date };

export function recurringExportColumnNames(table: RecurringExportTableName): readonly string[] {
  return COLUMNS[table];
}

export async function* listRecurringExportRows(
  db: Db,
  { table, ...question }: RecurringExportQuestion & { table: RecurringExportTableName },
): AsyncGenerator<ExportCell[][]> {
  yield* ROWS[table](db, question);
}

const ROWS: Record<
  RecurringExportTableName,
  (db: Db, question: RecurringExportQuestion) => AsyncGenerator<ExportCell[][]>
> = {
  movements: movementRows,
  standings: standingRows,
  cohorts: cohortRows,
  forecast: forecastRows,
  failed: failedRows,
  endings: endingRows,
};

/**
 * Yields the movements of each month, with the gifts' values per year. Values per year are not rounded, unlike values
 * per month. So the start value and all changes add up to the end value.
 */
async function* movementRows(db: Db, question: RecurringExportQuestion): AsyncGenerator<ExportCell[][]> {
  for (const { range, exact } of await listRecurringMovementsByMonth(db, question)) {
    for (const { currency, start, byKind, end } of exact) {
      const row = (
        movement: string,
        movements: number | null,
        { yearMinor }: Pick<RecurringGiftsValue, "yearMinor">,
      ) => [
        ...[range.from, range.to, "exact", currency, movement],
        ...[movements === null ? "" : count(movements), decimal(settledMoneyOf(yearMinor, currency))],
      ];
      yield [
        row("start", null, start),
        ...SHOWN_RECURRING_MOVEMENT_KINDS.map((kind) =>
          row(kind, byKind[kind]?.movements ?? 0, byKind[kind] ?? { yearMinor: 0n }),
        ),
        row("end", null, end),
      ];
    }
  }
}

async function* standingRows(db: Db, { view }: RecurringExportQuestion): AsyncGenerator<ExportCell[][]> {
  for (const each of await getRecurringTotalsByState(db)) {
    const { currency, running, paused, overdue, cardEnding, atRisk } = each;
    if (view.currency !== null && currency !== view.currency) continue;
    const groups = { running, paused, overdue, "card-ending": cardEnding, "at-risk": atRisk };
    yield Object.entries(groups).map(([name, { gifts, worth }]) => [
      ...[currency, name, count(gifts), decimal(worth.perMonth)],
    ]);
  }
}

async function* cohortRows(db: Db, question: RecurringExportQuestion): AsyncGenerator<ExportCell[][]> {
  for (const { month, began, cells } of await listCohortRows(db, question))
    yield cells.map((cell) => [
      ...[month, count(began), cell.month, count(cell.age), count(cell.kept), count(began - cell.kept)],
    ]);
}

async function* forecastRows(db: Db, question: RecurringExportQuestion): AsyncGenerator<ExportCell[][]> {
  const { range, exact, converted } = await getNextMonthForecast(db, question);
  const sums = ({
    scheduled,
    expected,
    low,
    high,
  }: Record<"scheduled" | "expected" | "low" | "high", MoneyInAnyCurrency>) =>
    [scheduled, expected, low, high].map(decimal);
  for (const each of exact) yield [[range.from, range.to, "exact", each.currency, count(each.charges), ...sums(each)]];
  yield [
    [range.from, range.to, "converted", converted.scheduled.currency, count(converted.charges), ...sums(converted)],
  ];
}

async function* failedRows(db: Db, { now }: RecurringExportQuestion): AsyncGenerator<ExportCell[][]> {
  for await (const renewals of iterateRecentFailedRenewals(db, { now }))
    yield renewals.map(({ invoiceId, lastTriedAt, money, code, tries, outcome }) => [
      ...[invoiceId, lastTriedAt.toISOString(), money.currency, decimal(money), code ?? "", count(tries), outcome],
    ]);
}

async function* endingRows(db: Db, { now }: RecurringExportQuestion): AsyncGenerator<ExportCell[][]> {
  const { endings, days } = await countEndReasons(db, { now });
  yield endings.map(({ reason, gifts }) => [reason, count(gifts), count(days)]);
}

function count(value: number): ExportCell {
  return { decimal: String(value) };
}

function decimal(money: MoneyInAnyCurrency): ExportCell {
  return { decimal: toDecimal(money) };
}
