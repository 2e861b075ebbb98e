// Queues the daily summary for colleagues. The key of the e-mail contains the colleague and the day, so each colleague
// gets only one e-mail a day.
import { addDays, localDateTimeAt } from "../calendar";
import type { Db } from "../database";
import type { SealedAddress } from "../identity";
import { type DailySummaryMailValues, queueMail, STAFF_TASK_KINDS } from "../ledger/outbox";
import { listMailKeysInOutbox, withdrawUnsentMail } from "../ledger/store/outbox";
import type { Publication } from "../publication";
import { countStaffTasksByKind, getItemsAwaitingStaff, type ItemsAwaitingStaff } from "./attention";
import { areBooksInOrder } from "./books";
import { type CurrencyIncome, getIncome } from "./income";
import { loadPageSection, type OnPageSectionFailure } from "./page-section";
import { listDailySummaryRecipients } from "./staff/colleague-list";
import { summaryMailKeyPrefix } from "./staff/summary-choice";

type Due = { now: Date; publication: Publication; roots: readonly SealedAddress[]; onFailure: OnPageSectionFailure };

/**
 * The minimum number of payments in a currency on one day for which the summary shows their sum. With fewer payments,
 * the sum would reveal the amount of a single gift.
 */
const MIN_PAYMENTS = 2;

/**
 * Queues today's summary, once its hour has come, for each colleague for whom it is not queued yet. Returns
 * the number of these colleagues. Withdraws unsent summaries of earlier days, so that after an outage each colleague
 * gets only one e-mail.
 */
export async function queueDailySummary(db: Db, { now, publication, roots, onFailure }: Due): Promise<number> {
  const today = findDueDay(now, publication);
  if (!today) return 0;
  const addressees = await listDailySummaryRecipients(db, { roots, now });
  if (addressees.length === 0) return 0;
  const keyOf = (to: SealedAddress) => `${summaryMailKeyPrefix(to)}${today}`;
  const queuedKeys = await listMailKeysInOutbox(db, addressees.map(keyOf));
  const waiting = addressees.filter((to) => !queuedKeys.includes(keyOf(to)));
  if (waiting.length === 0) return 0;
  const values = await getSummaryValues(db, { day: addDays(today, -1), now, onFailure });
  for (const { seesQueue, language, ...to } of waiting)
    await db.$transaction(async (tx) => {
      const factKey = keyOf(to);
      const own = seesQueue ? values : withoutQueue(values);
      const addressee = { ...to, locale: language ?? publication.defaultLanguage };
      const isNew = await queueMail(tx, { kind: "summary", factKey, to: addressee, values: own, now });
      // If the e-mail is not new, another server has queued it since `queuedKeys` was read. That server has also
      // withdrawn the older e-mails.
      if (isNew) await withdrawUnsentMail(tx, summaryMailKeyPrefix(to), { except: factKey });
    });
  return waiting.length;
}

function findDueDay(now: Date, { timeZone, summaryHour }: Publication): string | null {
  const [day = "", time = ""] = localDateTimeAt(now, timeZone).split("T");
  return Number(time.slice(0, 2)) >= summaryHour ? day : null;
}

/**
 * Returns the contents of a summary. `day`: the day whose income it shows, in the newsroom's time zone. The tasks that
 * wait for staff are counted as of `now`.
 */
export async function getSummaryValues(
  db: Db,
  { day, now, onFailure }: { day: string; now: Date; onFailure: OnPageSectionFailure },
): Promise<DailySummaryMailValues> {
  const ranges = [{ from: day, to: day }];
  const income = await loadPageSection("income", { load: () => getIncome(db, { ranges }), onFailure });
  const attention = await getItemsAwaitingStaff(db, { now, onFailure });
  const counts = countStaffTasksByKind(attention);
  return {
    day,
    kept: income.kind === "here" ? (income.value[0]?.get("") ?? []).map(keptOf) : null,
    waiting: STAFF_TASK_KINDS.map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count !== 0),
    answerBy: nearestDeadline(attention),
    books: booksOf(attention),
  };
}

function withoutQueue(values: DailySummaryMailValues): DailySummaryMailValues {
  return { ...values, waiting: null, answerBy: null };
}

function keptOf({ currency, payments, kept }: CurrencyIncome) {
  return { currency, payments, keptMinor: payments < MIN_PAYMENTS ? null : kept.amountMinor };
}

/**
 * Returns the nearest deadline of all open disputes, or null. Reads only the first dispute, because the list is sorted
 * by deadline.
 */
function nearestDeadline({ disputes }: ItemsAwaitingStaff): string | null {
  const first = disputes.kind === "here" ? disputes.value[0] : undefined;
  return first?.answerBy?.toISOString() ?? null;
}

/**
 * Returns the state of the books. It is `different` if the last check found a difference, even if a colleague has
 * marked that difference as done.
 */
function booksOf({ books }: ItemsAwaitingStaff): DailySummaryMailValues["books"] {
  if (books.kind === "failed") return { state: "failed", checkedAt: null };
  const { last, isStale } = books.value;
  const checkedAt = last?.checkedAt.toISOString() ?? null;
  if (isStale) return { state: "stale", checkedAt };
  if (!last) return { state: "never", checkedAt };
  const isEqual = areBooksInOrder(books.value) && last.differences === 0 && last.unreadable === 0;
  return { state: isEqual ? "equal" : "different", checkedAt };
}
