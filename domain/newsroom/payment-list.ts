import { nextDay, startOfDay } from "../calendar";
import type { Db } from "../database";
import { type PaymentListItem, paymentListItemOf } from "./latest";
import type { PaymentListFilter } from "./payment-view";
import type { PaymentListRow } from "./store";
import {
  findPaymentTimeAtOffset,
  type PaymentCursor,
  type PaymentRowFilter,
  selectFilteredPayments,
  sortPaymentIdsByCollationDescending,
} from "./store/payments";

export type PaymentListPage = {
  payments: PaymentListItem[];
  /** The position after which the next page begins. Null on the last page. */
  next: PaymentCursor | null;
  /**
   * If the search stopped before the page was full, the time that it has reached. It has read all payments after this
   * time. Null if the page is full, or if no payments are left.
   */
  lookedBackTo: Date | null;
};

export const PAYMENTS_PER_PAGE = 50;
/** One step of a search reads at most about this many payments of each status. */
const SCAN = 10_000;
const SEARCH_STEPS = 10;
const FILE_BATCH = 1_000;
const BEGINNING = new Date("2000-01-01T00:00:00Z");
const END = new Date("2100-01-01T00:00:00Z");

type Asked = { view: PaymentListFilter; timeZone: string; scan?: number };
type Found = { payments: PaymentListItem[]; next: PaymentCursor | null };

export async function listPayments(db: Db, search: Asked): Promise<PaymentListPage> {
  const limit = PAYMENTS_PER_PAGE + 1;
  const payments: PaymentListItem[] = [];
  let place: PaymentCursor | null = search.view.after ?? topOf(search);
  for (let step = 0; place && step < SEARCH_STEPS && payments.length < limit; step++) {
    const found = await lookFrom(db, search, { after: place, limit: limit - payments.length });
    payments.push(...found.payments);
    place = found.next;
  }
  if (payments.length < limit) return { payments, next: place, lookedBackTo: place?.paidAt ?? null };
  const shown = payments.slice(0, PAYMENTS_PER_PAGE);
  return { payments: shown, next: placeOf(shown.at(-1)), lookedBackTo: null };
}

/**
 * Yields all payments that match `search.view`, in batches, newest first. Ignores `view.after`, because that is the
 * position of a single page.
 */
export async function* listAllPayments(db: Db, search: Asked): AsyncGenerator<PaymentListItem[]> {
  let place: PaymentCursor | null = topOf(search);
  while (place) {
    const found = await lookFrom(db, search, { after: place, limit: FILE_BATCH });
    yield found.payments;
    place = found.next;
  }
}

/**
 * Does one step of a search: finds at most `limit` payments after the position `after`. If mustSearch() is true, reads
 * about `scan` payments of each status, or fewer. `next`: the position for the next step; null if there are no more
 * payments.
 */
async function lookFrom(
  db: Db,
  { view, timeZone, scan = SCAN }: Asked,
  { after, limit }: { after: PaymentCursor; limit: number },
): Promise<Found> {
  const { statuses, wentBack } = columnsOf(view.state);
  const wanted = { wentBack, currency: view.currency ?? "", kind: view.kind ?? "" } as const;
  const from = view.from ? startOfDay(view.from, timeZone) : BEGINNING;
  const reached = mustSearch(wanted) ? await reachedBy(db, { statuses, before: after.paidAt, count: scan }) : null;
  const since = reached && reached > from ? reached : from;
  const found = await Promise.all(
    statuses.map((status) => selectFilteredPayments(db, { status, ...wanted }, { after, since, limit })),
  );
  const rows = (await merge(db, found)).slice(0, limit);
  const payments = rows.map(paymentListItemOf).filter(({ standing }) => view.state === null || standing === view.state);
  if (rows.length === limit) return { payments, next: placeOf(rows.at(-1)) };
  // This step has already returned all payments at the time `since`. So the next step must begin with earlier payments.
  // The id "" ensures that: at the time `since`, the next step finds only ids that are smaller than "", and there are
  // none.
  return { payments, next: since > from ? { paidAt: since, id: "" } : null };
}

/**
 * Returns true if the query must read payments and skip those that do not match. Returns false if it selects only by
 * status and time, because the index then finds exactly the wanted payments.
 */
function mustSearch({ wentBack, currency, kind }: Omit<PaymentRowFilter, "status">): boolean {
  return wentBack !== "" || currency !== "" || kind !== "";
}

/**
 * Returns the time back to which one step of a search reads, beginning at `before`. So the step reads at most about
 * `count` payments of each status. Returns null if every status has at most `count` payments before `before`.
 */
async function reachedBy(
  db: Db,
  { statuses, before, count }: { statuses: readonly string[]; before: Date; count: number },
): Promise<Date | null> {
  const reached = await Promise.all(
    statuses.map((status) => findPaymentTimeAtOffset(db, { status, before, skipped: count })),
  );
  const times = reached.flatMap((at) => (at ? [at.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/**
 * Returns the conditions for the query. Every payment in this state meets them. Other payments can meet them too, so
 * the state is checked after reading.
 */
function columnsOf(state: PaymentListFilter["state"]): { statuses: string[] } & Pick<PaymentRowFilter, "wentBack"> {
  if (state === null) return { statuses: ["succeeded", "pending", "failed"], wentBack: "" };
  if (state === "on-its-way") return { statuses: ["pending"], wentBack: "" };
  if (state === "failed") return { statuses: ["failed"], wentBack: "" };
  return { statuses: ["succeeded"], wentBack: state === "kept" ? "no" : "yes" };
}

function topOf({ view: { to }, timeZone }: Asked): PaymentCursor {
  return { paidAt: to ? startOfDay(nextDay(to), timeZone) : END, id: "" };
}

/**
 * Merges the lists of several statuses, newest first. Payments of the same moment are sorted by id. The database sorts
 * these ids, because JavaScript could sort text differently.
 */
async function merge(db: Db, lists: PaymentListRow[][]): Promise<PaymentListRow[]> {
  const [first = [], ...others] = lists;
  if (others.length === 0) return first;
  const rows = lists.flat().sort((a, b) => b.paidAt.getTime() - a.paidAt.getTime());
  const isSameMoment = (row: PaymentListRow, other?: PaymentListRow) =>
    row.paidAt.getTime() === other?.paidAt.getTime();
  const tied = rows.filter((row, n) => isSameMoment(row, rows[n - 1]) || isSameMoment(row, rows[n + 1]));
  if (tied.length === 0) return rows;
  const sorted = await sortPaymentIdsByCollationDescending(
    db,
    tied.map(({ id }) => id),
  );
  const ranks = new Map(sorted.map((id, rank) => [id, rank]));
  const rankOf = ({ id }: PaymentListRow) => ranks.get(id) ?? 0;
  return rows.sort((a, b) => b.paidAt.getTime() - a.paidAt.getTime() || rankOf(a) - rankOf(b));
}

function placeOf(payment: PaymentCursor | undefined): PaymentCursor | null {
  return payment ? { paidAt: payment.paidAt, id: payment.id } : null;
}
