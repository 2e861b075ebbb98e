import type { ExperimentPlan } from "../../appeal/experiment";
import { dayOn } from "../../calendar";
import type { Db } from "../../database";
import { countFirstShownEventsSince, selectKeptAmountsOfArticleGifts } from "../store/experiments";
import type { ArmStatistics } from "./confidence";
import { amountMinorInPlanCurrency, ZERO_ARM_VALUES } from "./values";

/** With fewer gifts, the variance of their amounts is too uncertain. */
const MIN_GIFTS = 30;
export const EXPERIMENT_BASELINE_DAYS = 28;

export type PastStatisticsForExperimentPlan = { values: ArmStatistics; readersPerDay: number };

/**
 * Returns statistics about gifts that came from articles and were first paid in the last EXPERIMENT_BASELINE_DAYS. A
 * gift that is worth more than the plan's cap counts as the cap. `readers`: the number of devices that reported showing
 * the appeal for the first time in 30 days. Returns null if there is too little data.
 */
export async function findExperimentBaseline(
  db: Db,
  {
    plan,
    now,
    timeZone,
  }: { plan: Pick<ExperimentPlan, "currency" | "rates" | "capMinor">; now: Date; timeZone: string },
): Promise<PastStatisticsForExperimentPlan | null> {
  const since = new Date(now.getTime() - EXPERIMENT_BASELINE_DAYS * 24 * 60 * 60 * 1000);
  const [readers, gifts] = await Promise.all([
    countFirstShownEventsSince(db, dayOn(since, timeZone)),
    selectKeptAmountsOfArticleGifts(db, since),
  ]);
  const values = gifts
    .map((gift) => Math.min(amountMinorInPlanCurrency(plan, gift), plan.capMinor))
    .filter((minor) => minor > 0)
    .reduce((sum, minor) => addGift(sum, minor), { ...ZERO_ARM_VALUES, readers });
  if (values.supporters < MIN_GIFTS || readers <= values.supporters) return null;
  return { values, readersPerDay: readers / EXPERIMENT_BASELINE_DAYS };
}

function addGift(values: ArmStatistics, minor: number): ArmStatistics {
  const { supporters, sum, sumOfSquares } = values;
  return { ...values, supporters: supporters + 1, sum: sum + minor, sumOfSquares: sumOfSquares + minor ** 2 };
}
