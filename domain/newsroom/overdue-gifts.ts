import type { Db } from "../database";
import { billingIntervalOf, frequencyOf, type OnceOrRecurringFrequency, yearlyValueMinor } from "../giving/frequency";
import { amountMinorOf, type Currency, currencyFromStripe, type Money, moneyOf } from "../money";
import { type NextPaymentAttempt, nextAttemptOf } from "../supporters/next-attempt";
import { yearlyAndMonthlyValue } from "./recurring-value";
import {
  type MailAboutOverdueGift,
  type OverdueRow,
  selectOverdueGifts,
  selectSentMailsAboutOverdueGifts,
} from "./store/overdue";

export const OVERDUE_GIFTS_SORT_ORDERS = ["since", "next", "amount"] as const;
/**
 * The order of the list. `since`: begins with the gift that has been overdue longest. `next`: begins with the gift that
 * Stripe will charge soonest. `amount`: by currency, and then by value per year, beginning with the highest.
 */
export type OverdueGiftsSortOrder = (typeof OVERDUE_GIFTS_SORT_ORDERS)[number];

export type OverdueGift = {
  id: string;
  currency: Currency;
  /** The amount of one payment. Null if only Stripe can calculate it. */
  money: Money | null;
  frequency: OnceOrRecurringFrequency;
  perMonth: Money | null;
  /** When the gift became overdue; null if the ledger does not know it. */
  since: Date | null;
  /** Stripe's code for the failure of the last attempt; null if the ledger does not know it. */
  code: string | null;
  nextAttempt: NextPaymentAttempt;
  lastMail: Pick<MailAboutOverdueGift, "kind" | "at"> | null;
};
export type OverdueGifts = { shown: OverdueGift[]; count: number };

export const MAX_LISTED_OVERDUE_GIFTS = 200;
const BATCH = 500;

export function parseOverdueGiftsSortOrder(text: unknown): OverdueGiftsSortOrder {
  return OVERDUE_GIFTS_SORT_ORDERS.find((each) => each === text) ?? OVERDUE_GIFTS_SORT_ORDERS[0];
}

type OverdueList = { order: OverdueGiftsSortOrder; now: Date };

export async function listOverdueGifts(db: Db, { order, now }: OverdueList): Promise<OverdueGifts> {
  const rows = await selectRows(db, { order, now });
  return { shown: await giftsOf(db, rows.slice(0, MAX_LISTED_OVERDUE_GIFTS)), count: rows.length };
}

/**
 * Yields all overdue gifts in batches. Reads the rows of all gifts before the first batch, and the e-mails about them
 * with each batch.
 */
export async function* listAllOverdueGifts(db: Db, list: OverdueList): AsyncGenerator<OverdueGift[]> {
  const rows = await selectRows(db, list);
  for (let n = 0; n < rows.length; n += BATCH) yield giftsOf(db, rows.slice(n, n + BATCH));
}

type RowWithNextTry = OverdueRow & { nextAttempt: NextPaymentAttempt };

async function selectRows(db: Db, { order, now }: OverdueList): Promise<RowWithNextTry[]> {
  const rows = await selectOverdueGifts(db);
  return inOrder(
    rows.map((row) => ({ ...row, nextAttempt: nextAttemptOf(row, now) })),
    order,
  );
}

async function giftsOf(db: Db, rows: RowWithNextTry[]): Promise<OverdueGift[]> {
  const mails = new Map<string, MailAboutOverdueGift>();
  for (const mail of await selectSentMailsAboutOverdueGifts(db, rows))
    if (mail.at > (mails.get(mail.id)?.at ?? new Date(0))) mails.set(mail.id, mail);
  return rows.map((row) => ({
    ...{ id: row.id, currency: currencyFromStripe(row.currency), ...amountsOf(row) },
    ...{ frequency: frequencyOf(billingIntervalOf(row.frequency)) },
    ...{ since: row.overdueSince, code: row.code, nextAttempt: row.nextAttempt, lastMail: mails.get(row.id) ?? null },
  }));
}

function amountsOf(row: OverdueRow): Pick<OverdueGift, "money" | "perMonth"> {
  const { amountMinor, currency } = row;
  if (amountMinor === 0n) return { money: null, perMonth: null };
  return {
    money: moneyOf(amountMinor, currency),
    perMonth: yearlyAndMonthlyValue(yearlyValueMinor(row), currency).perMonth,
  };
}

/**
 * Sorts the gifts. If two gifts are equal in the chosen order, the gift that has been overdue for longer comes first.
 */
function inOrder(rows: RowWithNextTry[], order: OverdueGiftsSortOrder): RowWithNextTry[] {
  const bySince = rows.toSorted((a, b) => sinceTime(a) - sinceTime(b));
  if (order === "next") return bySince.sort((a, b) => nextTime(a) - nextTime(b));
  return order === "amount" ? bySince.sort(byAmount) : bySince;
}

function sinceTime({ overdueSince }: OverdueRow): number {
  return overdueSince?.getTime() ?? 0;
}

/**
 * Returns the number by which gifts are sorted. Gifts with a planned attempt come first. Then come gifts whose attempt
 * is made but has no outcome yet (`awaited`), and then all others.
 */
function nextTime({ nextAttempt }: RowWithNextTry): number {
  if (nextAttempt instanceof Date) return nextAttempt.getTime();
  return nextAttempt === "awaited" ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
}

function byAmount(a: OverdueRow, b: OverdueRow): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  return amountMinorOf(yearlyValueMinor(b) - yearlyValueMinor(a));
}
