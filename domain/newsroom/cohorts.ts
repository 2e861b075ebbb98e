// Retention: of the recurring gifts that began in one month, how many are not lost some months later, and what they are worth.
import type { MovementTotal } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { type Currency, currencyFromStripe } from "../money";
import { groupBy } from "./group-by";
import { valueOfYear, type YearValue } from "./recurring-value";
import { selectMovementTotals } from "./store/sums";

/**
 * Figures: `cohort`, `retention`, `churn`. It has a cell for each month, from the one in which its gifts began (`age` 0) to the last
 * one.
 */
export type Cohort = { month: string; currency: Currency; began: number; cells: CohortCell[] };
/** `kept`: gifts that are not lost at the end of the month; a paused one is kept, and worth nothing. */
export type CohortCell = { month: string; age: number; kept: number; worth: YearValue };

/** The cohorts of these months (`2026-01`, oldest first), as they were at the end of each of them. */
export async function getCohorts(db: Db, months: readonly string[]): Promise<Cohort[]> {
  const span = { period: "month", from: months.at(0) ?? "", to: months.at(-1) ?? "" } as const;
  const [changes, kinds] = await Promise.all([
    selectMovementTotals(db, { by: "cohort", ...span }),
    selectMovementTotals(db, { by: "kind", ...span }),
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
      return { month: each, age, kept, worth: valueOfYear(yearMinor, currency) };
    });
  return { month, currency: currencyFromStripe(currency), began, cells };
}
