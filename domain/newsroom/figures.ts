// The figures of the newsroom's pages, read from the ledger on every request. Nothing is cached. Each part is loaded separately: a
// row that one part cannot read does not hide the others.

import { dayOn, monthOn } from "../calendar";
import type { Db } from "../database";
import type { Currency } from "../money";
import { defaultCurrencyOf, type Publication } from "../publication";
import { type Attention, findAttention } from "./attention";
import { type Books, findBooks } from "./books";
import { type ArticleTotals, listByArticle } from "./by-article";
import { listByVariant, type VariantTotals } from "./by-variant";
import { countEndReasons, type Endings } from "./endings";
import { type FailedRenewals, listFailedRenewals } from "./failed-renewals";
import { type LatestPayment, listLatestPayments } from "./latest";
import { listMonths, type MonthOfGiving } from "./months";
import { loadPart, mapPart, type OnFailure, type Part } from "./part";
import { listRecurringValues, type RecurringValue } from "./recurring";
import { type CurrencyTotals, getTotals, type Totals } from "./totals";

/** The first page: what came, and how much waits for a person. */
export type TodayFigures = {
  now: Date;
  totals: Part<Totals>;
  latest: Part<LatestPayment[]>;
  attention: Attention;
};

export type IncomeFigures = {
  now: Date;
  totals: Part<Totals>;
  year: Part<Year>;
  articles: Part<ArticleTotals[]>;
  variants: Part<VariantTotals[]>;
  books: Part<Books>;
};

export type RecurringFigures = {
  now: Date;
  recurring: Part<RecurringValue[]>;
  failedRenewals: Part<FailedRenewals>;
  endings: Part<Endings>;
};

export type Year = { currency: Currency; currencies: Currency[]; months: MonthOfGiving[] };

const MOST_LATEST = 20;

type Question = { publication: Publication; now: Date; onFailure: OnFailure };

export async function getTodayFigures(db: Db, { publication, now, onFailure }: Question): Promise<TodayFigures> {
  const { timeZone } = publication;
  const [{ totals }, latest, attention] = await Promise.all([
    loadTotals(db, { now, timeZone, onFailure }),
    loadPart("latest", { load: () => listLatestPayments(db, { most: MOST_LATEST }), onFailure }),
    findAttention(db, { now, onFailure }),
  ]);
  return { now, totals, latest, attention };
}

/** `wanted`: the currency of the chart, from the address. Without a valid one, the most used currency is shown. */
export async function getIncomeFigures(
  db: Db,
  { wanted, publication, now, onFailure }: Question & { wanted: unknown },
): Promise<IncomeFigures> {
  const { timeZone } = publication;
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPart(name, { load: ask, onFailure });
  const { totals, currencies } = await loadTotals(db, { now, timeZone, onFailure });
  const currency = currencies.find((one) => one === wanted) ?? currencies[0] ?? defaultCurrencyOf(publication);
  const [year, articles, variants, books] = await Promise.all([
    load("year", async () => ({ currency, currencies, months: await listMonths(db, { currency, now, timeZone }) })),
    load("articles", () => listByArticle(db)),
    load("variants", () => listByVariant(db)),
    load("books", () => findBooks(db, now)),
  ]);
  return { now, totals, year, articles, variants, books };
}

export async function getRecurringFigures(
  db: Db,
  { publication, now, onFailure }: Question,
): Promise<RecurringFigures> {
  const load = <Value>(name: string, ask: () => Promise<Value>) => loadPart(name, { load: ask, onFailure });
  const [{ currencies }, recurring, failedRenewals, endings] = await Promise.all([
    loadTotals(db, { now, timeZone: publication.timeZone, onFailure }),
    load("recurring", () => listRecurringValues(db)),
    load("failed-renewals", () => listFailedRenewals(db, { now })),
    load("endings", () => countEndReasons(db, { now })),
  ]);
  return { now, recurring: mapPart(recurring, (rows) => inOrderOf(currencies, rows)), failedRenewals, endings };
}

type TotalsQuestion = { now: Date; timeZone: string; onFailure: OnFailure };

/** `currencies`: the most used first; empty if the totals could not be read. */
async function loadTotals(
  db: Db,
  { now, timeZone, onFailure }: TotalsQuestion,
): Promise<{ totals: Part<Totals>; currencies: Currency[] }> {
  const periods = { day: dayOn(now, timeZone), month: monthOn(now, timeZone) };
  const totals = await loadPart("totals", { load: () => getTotals(db, periods), onFailure });
  const currencies = totals.kind === "here" ? byPayments(totals.value.all) : [];
  const inOrder = <Row extends { currency: Currency }>(rows: readonly Row[]) => inOrderOf(currencies, rows);
  const sorted = mapPart(totals, ({ today, month, all, pending }) => ({
    today: inOrder(today),
    month: inOrder(month),
    all: inOrder(all),
    pending: inOrder(pending),
  }));
  return { totals: sorted, currencies };
}

/** Every table shows the currencies in the same order: the most used first. */
function inOrderOf<Row extends { currency: Currency }>(currencies: readonly Currency[], rows: readonly Row[]): Row[] {
  const placeOf = ({ currency }: Row) => (currencies.includes(currency) ? currencies.indexOf(currency) : Infinity);
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function byPayments(totals: readonly CurrencyTotals[]): Currency[] {
  return [...totals].sort((a, b) => b.payments - a.payments).map(({ currency }) => currency);
}
