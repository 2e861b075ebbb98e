import { addDays, dayOn } from "../calendar";
import type { Db } from "../database";
import type { MoneyInAnyCurrency } from "../money";
import type { Publication } from "../publication";
import { getRecurringTotalsByState } from "./at-risk";
import { countEndReasons, type EndReasonCounts } from "./endings";
import { listExperimentVerdicts, type StoredVerdict } from "./experiments/judgement";
import {
  getIncomeWithEarlierPeriods,
  type IncomeReportInput,
  type IncomeWithEarlierPeriods,
  listNetIncomeInDimension,
  prepareIncomeReportInput,
} from "./income-report";
import type { IncomeView } from "./income-view";
import { loadPageSection, type OnPageSectionFailure, type PageSectionLoadResult } from "./page-section";
import { periodContainingDay } from "./periods";
import {
  getNextMonthForecast,
  listRecurringMovementsByMonth,
  type NextMonthForecast,
  type RecurringMovementsOfMonth,
} from "./recurring-report";

export type WeeklyReview = {
  view: IncomeView;
  lastWeek: PageSectionLoadResult<IncomeWithEarlierPeriods>;
  value: PageSectionLoadResult<RecurringMovementsOfMonth>;
  stopped: PageSectionLoadResult<EndReasonCounts>;
  risk: PageSectionLoadResult<{ overdue: number; cardEnding: number }>;
  nextMonth: PageSectionLoadResult<NextMonthForecast>;
  /** The article and the appeal that brought the highest net income last week. */
  bestSources: PageSectionLoadResult<Best>;
  /** The stored results of experiments that are not over, or have been over for at most a week. */
  verdicts: PageSectionLoadResult<StoredVerdict[]>;
};

type Best = Record<"article" | "appeal", { name: string; net: MoneyInAnyCurrency } | null>;

const STOPPED_DAYS = 7;

export async function getWeeklyReview(
  db: Db,
  { publication, now, onFailure }: { publication: Publication; now: Date; onFailure: OnPageSectionFailure },
): Promise<WeeklyReview> {
  const today = dayOn(now, publication.timeZone);
  const lastSunday = addDays(periodContainingDay("week", today).from, -1);
  const view: IncomeView = { step: "week", until: lastSunday, compare: "before", currency: null };
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPageSection(name, { load: ask, onFailure });
  const income = prepareIncomeReportInput(db, { view, today, publication });
  const recurring = async () => ({
    view: { until: today.slice(0, 7), months: 1, currency: null },
    ...{ today, rates: (await income).inCurrency.rates },
  });
  const [lastWeek, value, stopped, risk, nextMonth, bestSources, verdicts] = await Promise.all([
    load("last-week", async () => getIncomeWithEarlierPeriods(db, await income)),
    load(
      "value",
      async () => (await listRecurringMovementsByMonth(db, await recurring()))[0] as RecurringMovementsOfMonth,
    ),
    load("stopped", () => countEndReasons(db, { now, days: STOPPED_DAYS })),
    load("risk", () => countAtRisk(db)),
    load("next-month", async () => getNextMonthForecast(db, await recurring())),
    load("bestSources", async () => findBest(db, await income)),
    load("verdicts", () => listExperimentVerdicts(db, now)),
  ]);
  return { view, lastWeek, value, stopped, risk, nextMonth, bestSources, verdicts };
}

async function countAtRisk(db: Db): Promise<{ overdue: number; cardEnding: number }> {
  const standings = await getRecurringTotalsByState(db);
  return {
    overdue: standings.reduce((sum, { overdue }) => sum + overdue.gifts, 0),
    cardEnding: standings.reduce((sum, { cardEnding }) => sum + cardEnding.gifts, 0),
  };
}

/** Finds the article and the appeal with the highest net income; null if no payment names one. */
async function findBest(db: Db, income: IncomeReportInput): Promise<Best> {
  const best = async (dimension: keyof Best) =>
    (await listNetIncomeInDimension(db, { ...income, dimension })).find(({ name }) => name !== "") ?? null;
  return { article: await best("article"), appeal: await best("appeal") };
}
