// Everything that the newsroom's one screen shows, as the ledger stands at this moment. Nothing is cached.
import type { Db } from "../../systems/database";
import { dayOn, monthOn } from "../calendar";
import type { Currency } from "../money";
import type { Publication } from "../publication";
import { type Attention, findAttention } from "./attention";
import { type ArticleTotals, listByArticle } from "./by-article";
import { type LatestPayment, listLatestPayments } from "./latest";
import { listMonths, type MonthOfGiving } from "./months";
import { listRecurringValues, type RecurringValue } from "./recurring";
import { type CurrencyTotals, getTotals, listPending, type PendingTotals } from "./totals";

export type NewsroomFigures = {
  now: Date;
  today: CurrencyTotals[];
  month: CurrencyTotals[];
  all: CurrencyTotals[];
  pending: PendingTotals[];
  recurring: RecurringValue[];
  year: { currency: Currency; currencies: Currency[]; months: MonthOfGiving[] };
  latest: LatestPayment[];
  articles: ArticleTotals[];
  attention: Attention;
};

const MOST_LATEST = 20;

/** `wanted`: the currency of the chart, as the address says it; anything else is answered with the most used. */
export async function getNewsroomFigures(
  db: Db,
  { wanted, publication, now }: { wanted: unknown; publication: Publication; now: Date },
): Promise<NewsroomFigures> {
  const { timeZone, defaultCurrency } = publication;
  const { today, month, all } = await getTotals(db, { day: dayOn(now, timeZone), month: monthOn(now, timeZone) });
  const currencies = byPayments(all);
  const currency = currencies.find((one) => one === wanted) ?? currencies[0] ?? defaultCurrency;
  const [pending, recurring, months, latest, articles, attention] = await Promise.all([
    listPending(db),
    listRecurringValues(db),
    listMonths(db, { currency, now, timeZone }),
    listLatestPayments(db, { most: MOST_LATEST }),
    listByArticle(db),
    findAttention(db, now),
  ]);
  return {
    now,
    today: inOrderOf(currencies, today),
    month: inOrderOf(currencies, month),
    all: inOrderOf(currencies, all),
    pending: inOrderOf(currencies, pending),
    recurring: inOrderOf(currencies, recurring),
    year: { currency, currencies, months },
    latest,
    articles,
    attention,
  };
}

/** The same order in every table: the most used currency first. */
function inOrderOf<Row extends { currency: Currency }>(currencies: readonly Currency[], rows: readonly Row[]): Row[] {
  const placeOf = ({ currency }: Row) => (currencies.includes(currency) ? currencies.indexOf(currency) : Infinity);
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function byPayments(totals: readonly CurrencyTotals[]): Currency[] {
  return [...totals].sort((a, b) => b.payments - a.payments).map(({ currency }) => currency);
}
