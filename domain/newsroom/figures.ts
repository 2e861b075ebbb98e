// Everything on the newsroom's page, read from the ledger on every request. Nothing is cached. Each part is loaded separately: a
// row that one part cannot read does not hide the others.

import { dayOn, monthOn } from "../calendar";
import type { Db } from "../database";
import type { Currency } from "../money";
import { defaultCurrencyOf, type Publication } from "../publication";
import { type Attention, findAttention } from "./attention";
import { type ArticleTotals, listByArticle } from "./by-article";
import { listByVariant, type VariantTotals } from "./by-variant";
import { countEndReasons, type Endings } from "./endings";
import { type FailedRenewals, listFailedRenewals } from "./failed-renewals";
import { type LatestPayment, listLatestPayments } from "./latest";
import { listMonths, type MonthOfGiving } from "./months";
import { loadPart, mapPart, type OnFailure, type Part } from "./part";
import { listRecurringValues, type RecurringValue } from "./recurring";
import { type CurrencyTotals, getTotals, type Totals } from "./totals";

export type NewsroomFigures = {
  now: Date;
  totals: Part<Totals>;
  recurring: Part<RecurringValue[]>;
  year: Part<Year>;
  latest: Part<LatestPayment[]>;
  articles: Part<ArticleTotals[]>;
  variants: Part<VariantTotals[]>;
  failedRenewals: Part<FailedRenewals>;
  endings: Part<Endings>;
  attention: Attention;
};

export type Year = { currency: Currency; currencies: Currency[]; months: MonthOfGiving[] };

const MOST_LATEST = 20;

type Question = { wanted: unknown; publication: Publication; now: Date; onFailure: OnFailure };

/** `wanted`: the currency of the chart, from the address. Without a valid one, the most used currency is shown. */
export async function getNewsroomFigures(
  db: Db,
  { wanted, publication, now, onFailure }: Question,
): Promise<NewsroomFigures> {
  const { timeZone } = publication;
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPart(name, { load: ask, onFailure });
  const totals = await load("totals", () =>
    getTotals(db, { day: dayOn(now, timeZone), month: monthOn(now, timeZone) }),
  );
  const currencies = totals.kind === "here" ? byPayments(totals.value.all) : [];
  const currency = currencies.find((one) => one === wanted) ?? currencies[0] ?? defaultCurrencyOf(publication);
  const [recurring, year, latest, articles, variants, failedRenewals, endings, attention] = await Promise.all([
    load("recurring", () => listRecurringValues(db)),
    load("year", async () => ({ currency, currencies, months: await listMonths(db, { currency, now, timeZone }) })),
    load("latest", () => listLatestPayments(db, { most: MOST_LATEST })),
    load("articles", () => listByArticle(db)),
    load("variants", () => listByVariant(db)),
    load("failed-renewals", () => listFailedRenewals(db, { now })),
    load("endings", () => countEndReasons(db, { now })),
    findAttention(db, { now, onFailure }),
  ]);
  const inOrder = <Row extends { currency: Currency }>(rows: readonly Row[]) => inOrderOf(currencies, rows);
  return {
    now,
    totals: mapPart(totals, ({ today, month, all, pending }) => ({
      today: inOrder(today),
      month: inOrder(month),
      all: inOrder(all),
      pending: inOrder(pending),
    })),
    recurring: mapPart(recurring, inOrder),
    year,
    latest,
    articles,
    variants,
    failedRenewals,
    endings,
    attention,
  };
}

/** Every table shows the currencies in the same order: the most used first. */
function inOrderOf<Row extends { currency: Currency }>(currencies: readonly Currency[], rows: readonly Row[]): Row[] {
  const placeOf = ({ currency }: Row) => (currencies.includes(currency) ? currencies.indexOf(currency) : Infinity);
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function byPayments(totals: readonly CurrencyTotals[]): Currency[] {
  return [...totals].sort((a, b) => b.payments - a.payments).map(({ currency }) => currency);
}
