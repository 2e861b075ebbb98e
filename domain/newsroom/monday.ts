// The weekly overview for Monday: last week's income, the value of recurring gifts and gifts at risk, next month's forecast,
// the best article and appeal, and the results of experiments. It reads only stored totals and results.
import { dayOn, daysAfter } from "../calendar";
import type { Db } from "../database";
import type { SettledMoney } from "../money";
import type { Publication } from "../publication";
import { getStandings } from "./at-risk";
import { countEndReasons, type Endings } from "./endings";
import { type KeptVerdict, listVerdicts } from "./experiments/judgement";
import { askIncome, getHeadline, type Headline, type IncomeQuestion, listNet } from "./income-report";
import type { IncomeView } from "./income-view";
import { loadPart, type OnFailure, type Part } from "./part";
import { periodOf } from "./periods";
import { getNextMonth, listMonthsMoved, type MonthMoved, type NextMonth } from "./recurring-report";

export type Monday = {
  /** The choices with which the Income page shows last week. */
  view: IncomeView;
  lastWeek: Part<Headline>;
  /** The value of recurring gifts, and its change this month until today. */
  value: Part<MonthMoved>;
  /** Recurring gifts that ended in the last seven days. */
  stopped: Part<Endings>;
  risk: Part<{ overdue: number; cardEnding: number }>;
  nextMonth: Part<NextMonth>;
  /** The article and the appeal with the most net income last week. */
  bestSources: Part<Best>;
  /** The stored results of unfinished experiments, and of experiments that became final in the past week. */
  verdicts: Part<KeptVerdict[]>;
};

type Best = Record<"article" | "appeal", { name: string; net: SettledMoney } | null>;

const STOPPED_DAYS = 7;

export async function getMonday(
  db: Db,
  { publication, now, onFailure }: { publication: Publication; now: Date; onFailure: OnFailure },
): Promise<Monday> {
  const today = dayOn(now, publication.timeZone);
  const lastSunday = daysAfter(periodOf("week", today).from, -1);
  const view: IncomeView = { step: "week", until: lastSunday, compare: "before", currency: null };
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPart(name, { load: ask, onFailure });
  const income = askIncome(db, { view, today, publication });
  const recurring = async () => ({
    view: { until: today.slice(0, 7), months: 1, currency: null },
    ...{ today, rates: (await income).inCurrency.rates },
  });
  const [lastWeek, value, stopped, risk, nextMonth, bestSources, verdicts] = await Promise.all([
    load("last-week", async () => getHeadline(db, await income)),
    load("value", async () => (await listMonthsMoved(db, await recurring()))[0] as MonthMoved),
    load("stopped", () => countEndReasons(db, { now, days: STOPPED_DAYS })),
    load("risk", () => countAtRisk(db)),
    load("next-month", async () => getNextMonth(db, await recurring())),
    load("bestSources", async () => findBest(db, await income)),
    load("verdicts", () => listVerdicts(db, now)),
  ]);
  return { view, lastWeek, value, stopped, risk, nextMonth, bestSources, verdicts };
}

async function countAtRisk(db: Db): Promise<{ overdue: number; cardEnding: number }> {
  const standings = await getStandings(db);
  return {
    overdue: standings.reduce((sum, { overdue }) => sum + overdue.gifts, 0),
    cardEnding: standings.reduce((sum, { cardEnding }) => sum + cardEnding.gifts, 0),
  };
}

/** Ignores payments without an article or an appeal. */
async function findBest(db: Db, income: IncomeQuestion): Promise<Best> {
  const best = async (division: keyof Best) =>
    (await listNet(db, { ...income, division })).find(({ name }) => name !== "") ?? null;
  return { article: await best("article"), appeal: await best("appeal") };
}
