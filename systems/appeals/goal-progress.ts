// Computes the progress of an appeal's goal. If the goal counts all currencies, amounts in other currencies are
// converted at Stripe's last rate or at the newsroom's own rate (publication.ts).
import { type Goal, type GoalProgress, goalProgressOf } from "../../domain/appeal/goal";
import { sumKeptOfAllPaymentsByCurrency } from "../../domain/appeal/store/appeals";
import type { Db } from "../../domain/database";
import { settledMoneyOf } from "../../domain/money";
import { convertToTotal, getExchangeRates } from "../../domain/newsroom/exchange";
import { publication } from "../../publication";

export async function findGoalProgress(db: Db, { goal, now }: { goal: Goal; now: Date }): Promise<GoalProgress | null> {
  const keptAmounts = await sumKeptOfAllPaymentsByCurrency(db, {
    ...goal,
    currency: goal.counts === "all" ? undefined : goal.currency,
  });
  const amounts = keptAmounts.map(({ currency, keptMinor }) => settledMoneyOf(keptMinor, currency));
  if (goal.counts === "currency")
    return goalProgressOf(goal, { keptMinor: amounts[0]?.amountMinor ?? 0, asOf: now, oldestRateDay: null });
  const rates = await getExchangeRates(db, publication);
  // The rates convert only into the currency of the newsroom's sums (publication.ts). If the goal has another currency,
  // no progress is shown.
  if (rates.to !== goal.currency) return null;
  const { sum, rates: used } = convertToTotal(amounts, rates);
  const [ratesOf = null] = used.map(({ day }) => day).sort();
  return goalProgressOf(goal, { keptMinor: sum.amountMinor, asOf: now, oldestRateDay: ratesOf });
}
