import type { MovementTotal } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { type Currency, currencyFromStripe } from "../money";
import { groupBy } from "./group-by";
import { type RecurringGiftsValue, yearlyAndMonthlyValue } from "./recurring-value";
import { selectRecurringMovementTotals } from "./store/totals";

/**
 * The recurring gifts in one currency that began in the month `month`. Leaves out gifts that began after another
 * recurring gift of the same supporter had ended. Each cell describes the gifts at the end of one month. Defined in
 * docs/figures.md: `cohort`, `retention`, `churn`.
 */
export type Cohort = { month: string; currency: Currency; began: number; cells: CohortCell[] };
/**
 * `age`: the number of months since the cohort began. `kept`: the number of its gifts that are not lost at the end of
 * `month`. A paused gift is kept, but its `worth` is zero.
 */
export type CohortCell = { month: string; age: number; kept: number; worth: RecurringGiftsValue };

/**
 * Returns the cohorts that began in `months`. Each cohort has a cell for its own month and for every later month in
 * `months`. `months`: such as `2026-01`, oldest first.
 */
export async function getCohorts(db: Db, months: readonly string[]): Promise<Cohort[]> {
  const span = { period: "month", from: months.at(0) ?? "", to: months.at(-1) ?? "" } as const;
  const [changes, kinds] = await Promise.all([
    selectRecurringMovementTotals(db, { by: "cohort", ...span }),
    selectRecurringMovementTotals(db, { by: "kind", ...span }),
  ]);
  const ofCohorts = groupBy(changes, ({ value, currency }) => `${value} ${currency}`);
  return kinds
    .filter(({ value, gifts }) => value === "new" && gifts > 0)
    .map((begun) => cohortOf(begun, { months, changes: ofCohorts.get(`${begun.start} ${begun.currency}`) ?? [] }))
    .sort((a, b) => (`${a.month} ${a.currency}` < `${b.month} ${b.currency}` ? -1 : 1));
}

function cohortOf(
  { start: month, currency, gifts: began }: MovementTotal,
  { months, changes }: { months: readonly string[]; changes: readonly MovementTotal[] },
): Cohort {
  let [kept, yearMinor] = [0, 0n];
  const cells = months
    .filter((each) => each >= month)
    .map((each, age) => {
      for (const change of changes) {
        if (change.start !== each) continue;
        kept += change.gifts;
        yearMinor += change.yearMinor;
      }
      return { month: each, age, kept, worth: yearlyAndMonthlyValue(yearMinor, currency) };
    });
  return { month, currency: currencyFromStripe(currency), began, cells };
}
