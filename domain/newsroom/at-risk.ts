// Recurring gifts that may soon be lost, and supporters who have stopped giving. Numbers only; the people's pages find who they are.
import type { Db } from "../database";
import { yearMinorOf } from "../giving/frequency";
import { type Currency, currencyFromStripe } from "../money";
import { groupBy } from "./group-by";
import { valueOfYear, type YearValue } from "./recurring-value";
import { selectRecurringTotals } from "./store";
import { countLastPaid, sumExpiringCards } from "./store/sums";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Cards are looked at so far ahead: two charges of a monthly gift. */
export const CARD_DAYS = 62;
/** A year and five weeks, so that a yearly gift which Stripe still tries to charge is not lapsed. */
export const LAPSED_AFTER_DAYS = 400;

type Group = { gifts: number; worth: YearValue };
/** Figures: `running`, `paused`, `overdue`, `ending`, `card-ending`, `at-risk`. */
export type RecurringStanding = {
  currency: Currency;
  running: Group;
  paused: Group;
  overdue: Group;
  /** Running gifts that their supporters have cancelled and that end with the paid period: their number. */
  ending: number;
  /** Running gifts whose card ends before their next charge. */
  cardEnding: Group;
};

/** A paused gift's `worth` is what it will be worth again; it is in no value. */
export async function getStandings(db: Db, now: Date): Promise<RecurringStanding[]> {
  const totals = await selectRecurringTotals(db);
  const until = new Date(now.getTime() + CARD_DAYS * DAY_MS);
  const cards = groupBy(await sumExpiringCards(db, { from: new Date(now.getTime() - DAY_MS), until }), byCurrency);
  return [...groupBy(totals, byCurrency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => {
      const group = (...statuses: string[]) =>
        groupOf(
          currency,
          own.filter(({ status }) => statuses.includes(status)),
        );
      return {
        currency: currencyFromStripe(currency),
        running: group("active"),
        paused: group("paused"),
        overdue: group("past_due", "unpaid"),
        ending: own.reduce((sum, row) => (row.status === "active" ? sum + row.ending : sum), 0),
        cardEnding: groupOf(currency, cards.get(currency) ?? []),
      };
    });
}

/** Figure: `lapsed`. Supporters who gave, and from whom nothing has come for so long: all of them, and those of the last 30 days. */
export async function countLapsed(db: Db, now: Date): Promise<{ all: number; recently: number }> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const until = daysAgo(LAPSED_AFTER_DAYS);
  const recently = await countLastPaid(db, { from: daysAgo(LAPSED_AFTER_DAYS + 30), until });
  return { all: await countLastPaid(db, { from: new Date(0), until }), recently };
}

type Row = { frequency: string; gifts: number | bigint; amountMinor: bigint };

function groupOf(currency: string, rows: readonly Row[]): Group {
  const yearMinor = rows.reduce((sum, row) => sum + yearMinorOf(row), 0n);
  return { gifts: rows.reduce((sum, { gifts }) => sum + Number(gifts), 0), worth: valueOfYear(yearMinor, currency) };
}

function byCurrency({ currency }: { currency: string }): string {
  return currency;
}
