import type { Db } from "../database";
import { yearlyValueMinor } from "../giving/frequency";
import { type Currency, currencyFromStripe } from "../money";
import { groupBy } from "./group-by";
import { type RecurringGiftsValue, yearlyAndMonthlyValue } from "./recurring-value";
import { selectRecurringTotals } from "./store";
import { countSupportersLastPaid } from "./store/totals";

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * The number of days without a payment after which a supporter counts as lapsed. A year and five weeks, because Stripe
 * can need weeks to charge a yearly gift again.
 */
export const SUPPORTER_LAPSED_AFTER_DAYS = 400;

type Group = { gifts: number; worth: RecurringGiftsValue };
/**
 * The totals of the recurring gifts in one currency, by state of the gift. Defined in docs/figures.md: `running`,
 * `paused`, `overdue`, `ending`, `card-ending`, `at-risk`.
 */
export type RecurringTotalsByState = {
  currency: Currency;
  running: Group;
  paused: Group;
  overdue: Group;
  ending: number;
  cardEnding: Group;
  /** The sums of `overdue` and `cardEnding`. */
  atRisk: Group;
};

/**
 * Returns one item per currency. The `worth` of the group `paused` is the value that the paused gifts will have after
 * their pause. No other group includes this value.
 */
export async function getRecurringTotalsByState(db: Db): Promise<RecurringTotalsByState[]> {
  const totals = groupBy(await selectRecurringTotals(db), ({ currency }) => currency);
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => {
      const having = (...statuses: string[]) => own.filter(({ status }) => statuses.includes(status));
      const overdue = having("past_due", "unpaid");
      const cards = own.map((row) => ({ ...row, gifts: row.cardEnding, amountMinor: row.cardEndingMinor }));
      return {
        currency: currencyFromStripe(currency),
        running: groupOf(currency, having("active")),
        paused: groupOf(currency, having("paused")),
        overdue: groupOf(currency, overdue),
        ending: having("active").reduce((sum, { ending }) => sum + ending, 0),
        cardEnding: groupOf(currency, cards),
        atRisk: groupOf(currency, [...overdue, ...cards]),
      };
    });
}

/**
 * Counts the lapsed supporters. `recently`: those who became lapsed in the last 30 days; `all` includes them. Defined
 * in docs/figures.md: `lapsed`.
 */
export async function countLapsedSupporters(db: Db, now: Date): Promise<{ all: number; recently: number }> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const until = daysAgo(SUPPORTER_LAPSED_AFTER_DAYS);
  const recently = await countSupportersLastPaid(db, { from: daysAgo(SUPPORTER_LAPSED_AFTER_DAYS + 30), until });
  return { all: await countSupportersLastPaid(db, { from: new Date(0), until }), recently };
}

type Row = { frequency: string; gifts: number; amountMinor: bigint };

function groupOf(currency: string, rows: readonly Row[]): Group {
  const yearMinor = rows.reduce((sum, row) => sum + yearlyValueMinor(row), 0n);
  return { gifts: rows.reduce((sum, { gifts }) => sum + gifts, 0), worth: yearlyAndMonthlyValue(yearMinor, currency) };
}
