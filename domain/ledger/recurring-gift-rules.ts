import type { Gift, RecurringGift, RecurringNote as RecurringNoteRow } from "../../generated/sqlite/client";
import { coveredFeeMinorIn } from "../giving/covered-fee";
import type { RecurringFrequency } from "../giving/frequency";
import { type Money, moneyColumns } from "../money";
import type { ParsedGiftMetadata, RecurringGiftAtStripe, RecurringGiftChange } from "./fact";

/**
 * Returns the columns of a new recurring gift whose state at Stripe is not known yet. The fetch of that state is due at
 * once.
 */
export function newRecurringGiftColumns(now: Date) {
  return {
    id: crypto.randomUUID(),
    ...{ subscriptionItemId: null, productId: null, customerId: null, unusual: null },
    ...{ startedAt: null, nextPaymentAt: null, chargesNextAt: null, chargeDay: null, resumesAt: null, cancelAt: null },
    ...{ endedAt: null, endReason: null, paymentMethodId: null, cardExpiresAt: null },
    ...{ article: null, appeal: null, variant: null, giftId: null, supporterId: null, erasedAt: null },
    ...{ supporterKind: null, overdueSince: null, coveredFeeMinor: 0n },
    ...{ changesSeen: 1, changesFetched: 0, fetchAttempts: 0, fetchAfter: now, linkEpoch: 0, recordedAt: now },
  };
}

/**
 * Returns the columns that show how a recurring gift began. `gift`: the row that was stored when the reader sent the
 * gift form. Null if the ledger does not contain that row.
 */
export function originColumns({ article, appeal, variant }: ParsedGiftMetadata, gift: Gift | null) {
  return { giftId: gift?.id ?? null, article, appeal, variant };
}

/**
 * Returns the frequency that the reader chose in the gift form. Reads it from the gift, because Stripe's Checkout
 * session does not contain it. Returns `monthly` if `gift` is null.
 */
export function chosenFrequencyOrMonthly(gift: Gift | null): RecurringFrequency {
  return gift?.frequency === "yearly" ? "yearly" : "monthly";
}

export function recurringGiftColumnsFromState(state: RecurringGiftAtStripe) {
  const { money, origin: _origin, email: _email, periodStartedAt: _start, ...columns } = state;
  return { ...columns, ...amountColumns(state) };
}

export function amountColumns({ money, origin }: Pick<RecurringGiftAtStripe, "money" | "origin">) {
  return { ...moneyColumns(money), coveredFeeMinor: coveredFeeMinorIn(money.amountMinor, origin.coveredFee) };
}

/**
 * Returns the gift's columns after an event about it. The state in the event can be outdated, so only the end of a gift
 * is copied from it. For the rest, `fetchAfter` schedules a fetch from Stripe.
 */
export function recurringGiftUpdateAfterEvent(
  before: RecurringGift,
  state: RecurringGiftAtStripe,
  now: Date,
): Partial<RecurringGift> {
  const end = state.status === "canceled" ? recurringGiftColumnsFromState(state) : {};
  return { ...end, changesSeen: before.changesSeen + 1, fetchAfter: now };
}

/**
 * Returns the columns to change after the gift's state was fetched from Stripe. Returns null if a fetch with the same
 * or a higher `changeNumber` was already applied. A gift that ended stays ended.
 */
export function recurringGiftUpdateAfterFetch(
  before: RecurringGift,
  { changeNumber, state }: { changeNumber: number; state: RecurringGiftAtStripe },
): Partial<RecurringGift> | null {
  if (before.changesFetched >= changeNumber) return null;
  const isRevived = before.status === "canceled" && state.status !== "canceled";
  return {
    ...(isRevived ? {} : recurringGiftColumnsFromState(state)),
    ...(before.erasedAt ? { paymentMethodId: null } : {}),
    changesFetched: changeNumber,
    fetchAttempts: 0,
    fetchAfter: before.changesSeen > changeNumber ? before.fetchAfter : null,
  };
}

const HISTORY_COLUMNS = ["status", "amountMinor", "currency", "frequency"] as const;
const HISTORY_TIMES = ["startedAt", "endedAt"] as const;

export function affectsRecurringMovements(before: RecurringGift, after: RecurringGift): boolean {
  const isOtherTime = HISTORY_TIMES.some((name) => before[name]?.getTime() !== after[name]?.getTime());
  return isOtherTime || HISTORY_COLUMNS.some((name) => before[name] !== after[name]);
}

export function recurringGiftHistoryRow(
  subscriptionId: string,
  note: RecurringGiftChange,
  now: Date,
): RecurringNoteRow {
  const { key, kind, money, beforeMinor, frequency, beforeFrequency, until, by, reason, notedAt } = note;
  const amounts = { ...optionalMoney(money), beforeMinor: beforeMinor === null ? null : BigInt(beforeMinor) };
  // One statement inserts all changes that an event reports, so their rows must have the same columns in the same
  // order.
  const changed = { ...amounts, frequency, beforeFrequency, until };
  return { key, subscriptionId, kind, ...changed, by, reason, notedAt, recordedAt: now };
}

function optionalMoney(money: Money | null) {
  return money ? moneyColumns(money) : { amountMinor: null, currency: null };
}
