// Loads the statistics of three pages: today, income and recurring gifts. Each part is loaded separately, so that an
// error in one part does not hide the others.
import { dayOn, monthOn } from "../calendar";
import type { Db } from "../database";
import type { Currency } from "../money";
import type { Publication } from "../publication";
import { countLapsedSupporters, getRecurringTotalsByState, type RecurringTotalsByState } from "./at-risk";
import { getItemsAwaitingStaff, type ItemsAwaitingStaff } from "./attention";
import { getBooksCheckStatus, type LastBooksCheckWithStaleness } from "./books";
import { countEndReasons, type EndReasonCounts } from "./endings";
import { reportingCurrencyOf } from "./exchange";
import { type FailedRenewalList, listFailedRenewals } from "./failed-renewals";
import {
  type GiftSizesNowAndBefore,
  getComparedGiftSizes,
  getIncomeWithEarlierPeriods,
  INCOME_DIMENSIONS,
  type IncomeDimension,
  type IncomeOfDimensionValue,
  type IncomeWithEarlierPeriods,
  listDimensionIncomes,
  listPeriodIncomes,
  type PeriodIncome,
  prepareIncomeReportInput,
} from "./income-report";
import type { IncomeView } from "./income-view";
import { listLatestPayments, type PaymentListItem } from "./latest";
import {
  loadPageSection,
  mapLoadedPageSection,
  type OnPageSectionFailure,
  type PageSectionLoadResult,
} from "./page-section";
import {
  type CohortRow,
  getNextMonthForecast,
  listCohortRows,
  listRecurringMovementsByMonth,
  type NextMonthForecast,
  prepareRecurringReportInput,
  type RecurringMovementsOfMonth,
} from "./recurring-report";
import type { RecurringGiftsPageChoices } from "./recurring-view";
import { type CurrencyTotals, getTotals, type Totals } from "./totals";
import { getWeeklyReview, type WeeklyReview } from "./weekly-review";

export type TodayPageFigures = {
  now: Date;
  weeklyReview: WeeklyReview;
  totals: PageSectionLoadResult<Totals>;
  latest: PageSectionLoadResult<PaymentListItem[]>;
  attention: ItemsAwaitingStaff;
};

export type IncomeFigures = {
  now: Date;
  /**
   * The currencies in which the newsroom has received payments, the one with the most payments first. Empty if `totals`
   * could not be loaded.
   */
  currencies: Currency[];
  /** The currency into which sums over all currencies are converted. */
  commonCurrency: string;
  headline: PageSectionLoadResult<IncomeWithEarlierPeriods>;
  steps: PageSectionLoadResult<PeriodIncome[]>;
  sizes: PageSectionLoadResult<GiftSizesNowAndBefore>;
  dimensions: { dimension: IncomeDimension; parts: PageSectionLoadResult<IncomeOfDimensionValue[]> }[];
  totals: PageSectionLoadResult<Totals>;
  books: PageSectionLoadResult<LastBooksCheckWithStaleness>;
};

export type RecurringFigures = {
  now: Date;
  currencies: Currency[];
  commonCurrency: string;
  months: PageSectionLoadResult<RecurringMovementsOfMonth[]>;
  recurring: PageSectionLoadResult<RecurringTotalsByState[]>;
  lapsed: PageSectionLoadResult<{ all: number; recently: number }>;
  cohorts: PageSectionLoadResult<CohortRow[]>;
  nextMonth: PageSectionLoadResult<NextMonthForecast>;
  failedRenewals: PageSectionLoadResult<FailedRenewalList>;
  endings: PageSectionLoadResult<EndReasonCounts>;
};

const MAX_LATEST = 5;

type Question = { publication: Publication; now: Date; onFailure: OnPageSectionFailure };

export async function getTodayPageFigures(
  db: Db,
  { publication, now, onFailure }: Question,
): Promise<TodayPageFigures> {
  const { timeZone } = publication;
  const [monday, { totals }, latest, attention] = await Promise.all([
    getWeeklyReview(db, { publication, now, onFailure }),
    loadTotals(db, { now, timeZone, onFailure }),
    loadPageSection("latest", { load: () => listLatestPayments(db, { limit: MAX_LATEST }), onFailure }),
    getItemsAwaitingStaff(db, { now, onFailure }),
  ]);
  return { now, weeklyReview: monday, totals, latest, attention };
}

export async function getIncomeFigures(
  db: Db,
  { view, publication, now, onFailure }: Question & { view: IncomeView },
): Promise<IncomeFigures> {
  const { timeZone } = publication;
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPageSection(name, { load: ask, onFailure });
  const question = prepareIncomeReportInput(db, { view, today: dayOn(now, timeZone), publication });
  const [{ totals, currencies }, headline, steps, sizes, books, dimensions] = await Promise.all([
    loadTotals(db, { now, timeZone, onFailure }),
    load("headline", async () => getIncomeWithEarlierPeriods(db, await question)),
    load("steps", async () => listPeriodIncomes(db, await question)),
    load("sizes", async () => getComparedGiftSizes(db, await question)),
    load("books", () => getBooksCheckStatus(db, now)),
    Promise.all(
      INCOME_DIMENSIONS.map(async (dimension) => ({
        dimension,
        parts: await load(dimension, async () => listDimensionIncomes(db, { ...(await question), dimension })),
      })),
    ),
  ]);
  const inOne = reportingCurrencyOf(publication);
  return { now, currencies, commonCurrency: inOne, headline, steps, sizes, dimensions, totals, books };
}

export async function getRecurringFigures(
  db: Db,
  { view, publication, now, onFailure }: Question & { view: RecurringGiftsPageChoices },
): Promise<RecurringFigures> {
  const { timeZone } = publication;
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPageSection(name, { load: ask, onFailure });
  const question = prepareRecurringReportInput(db, { view, today: dayOn(now, timeZone), publication });
  const [{ currencies }, months, recurring, lapsed, cohorts, nextMonth, failedRenewals, endings] = await Promise.all([
    loadTotals(db, { now, timeZone, onFailure }),
    load("months", async () => listRecurringMovementsByMonth(db, await question)),
    load("recurring", () => getRecurringTotalsByState(db)),
    load("lapsed", () => countLapsedSupporters(db, now)),
    load("cohorts", async () => listCohortRows(db, await question)),
    load("next-month", async () => getNextMonthForecast(db, await question)),
    load("failed-renewals", () => listFailedRenewals(db, { now })),
    load("endings", () => countEndReasons(db, { now })),
  ]);
  const standings = mapLoadedPageSection(recurring, (rows) => inOrderOf(currencies, ofCurrency(rows, view.currency)));
  const inOne = reportingCurrencyOf(publication);
  return {
    now,
    currencies,
    commonCurrency: inOne,
    months,
    recurring: standings,
    lapsed,
    cohorts,
    nextMonth,
    failedRenewals,
    endings,
  };
}

function ofCurrency<Row extends { currency: Currency }>(rows: readonly Row[], wanted: Currency | null): Row[] {
  return rows.filter(({ currency }) => wanted === null || currency === wanted);
}

type TotalsQuestion = { now: Date; timeZone: string; onFailure: OnPageSectionFailure };

async function loadTotals(
  db: Db,
  { now, timeZone, onFailure }: TotalsQuestion,
): Promise<{ totals: PageSectionLoadResult<Totals>; currencies: Currency[] }> {
  const periods = { day: dayOn(now, timeZone), month: monthOn(now, timeZone) };
  const totals = await loadPageSection("totals", { load: () => getTotals(db, periods), onFailure });
  const currencies = totals.kind === "here" ? byPayments(totals.value.all) : [];
  const inOrder = <Row extends { currency: Currency }>(rows: readonly Row[]) => inOrderOf(currencies, rows);
  const sorted = mapLoadedPageSection(totals, ({ today, month, all, pending }) => ({
    today: inOrder(today),
    month: inOrder(month),
    all: inOrder(all),
    pending: inOrder(pending),
  }));
  return { totals: sorted, currencies };
}

function inOrderOf<Row extends { currency: Currency }>(currencies: readonly Currency[], rows: readonly Row[]): Row[] {
  const placeOf = ({ currency }: Row) => (currencies.includes(currency) ? currencies.indexOf(currency) : Infinity);
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function byPayments(totals: readonly CurrencyTotals[]): Currency[] {
  return [...totals].sort((a, b) => b.payments - a.payments).map(({ currency }) => currency);
}
