import type { RecurringGift } from "../../generated/sqlite/client";
import { exponentOf, usableDecimalsOf } from "../currencies";
import type { Db } from "../database";
import { firstTimeWhenMoveToDayIsAllowed, latestPossibleChargeDate } from "../giving/charge-day";
import { coveredFeeOf, withoutCoveredFee } from "../giving/covered-fee";
import {
  billingIntervalOf,
  firstPeriodEndFrom,
  frequencyTextKeyAndValues,
  type RecurringFrequency,
} from "../giving/frequency";
import { amountToCharge, maximumGiftAmount, minimumGiftAmount } from "../giving/gift-form";
import { type Currency, currencyFromStripe, type Money, money, moneyOf } from "../money";
import { type Publication, presetAmounts } from "../publication";
import { findRecurringGift, selectRecurringGifts } from "./store";

const DAY_MS = 86_400_000;

/**
 * `late`: the last payment failed, but can still be paid. `unpaid`: Stripe has stopped charging the gift. `ending`: the
 * gift was cancelled; until `endsAt`, the cancellation can be undone.
 */
export const RECURRING_GIFT_STANDINGS = ["starting", "running", "late", "unpaid", "paused", "ending", "ended"] as const;
export type RecurringGiftStanding = (typeof RECURRING_GIFT_STANDINGS)[number];

export type OwnRecurringGift = {
  id: string;
  /** The amount of one payment. Null if only Stripe can calculate it, for example because of a discount. */
  money: Money | null;
  coveredFee: Money | null;
  currency: Currency;
  frequency: RecurringFrequency;
  /**
   * False for an unusual gift: one that only Stripe can describe and change, for example because it has several items
   * or a discount.
   */
  hasStandardTerms: boolean;
  standing: RecurringGiftStanding;
  startedAt: Date | null;
  /** The end of the current billing period at Stripe. Null if Stripe has not reported it. */
  periodEndsAt: Date | null;
  /** The day of the month on which the gift is charged, in UTC. In a shorter month, the last day. */
  chargeDay: number;
  /** The time of the next charge. Null if the gift will not be charged, or Stripe has not reported the time. */
  chargesNextAt: Date | null;
  resumesAt: Date | null;
  /** The time at which the gift ends or ended. Null if no end is set. */
  endsAt: Date | null;
  /** When the card of the gift expires. Null if it is unknown, or the gift is not paid by card. */
  cardExpiresAt: Date | null;
};

/**
 * Lists the supporter's recurring gifts: first those that have not ended, then those that have. Both groups begin with
 * the newest gift.
 */
export async function listOwnRecurringGifts(db: Db, supporterId: string): Promise<OwnRecurringGift[]> {
  const rows = await selectRecurringGifts(db, { supporterId });
  const gifts = rows.map(ownRecurringGift);
  return [
    ...gifts.filter(({ standing }) => standing !== "ended"),
    ...gifts.filter(({ standing }) => standing === "ended"),
  ];
}

export async function findOwnRecurringGift(
  db: Db,
  gift: { id: string; supporterId: string },
): Promise<OwnRecurringGift | null> {
  const row = await findRecurringGift(db, gift);
  return row ? ownRecurringGift(row) : null;
}

/**
 * Returns true if the supporter can change the amount. This includes paused gifts: Stripe uses the new amount from the
 * first charge after the pause.
 */
export function mayChangeAmount({ standing, hasStandardTerms }: OwnRecurringGift): boolean {
  return hasStandardTerms && (isRunningOrLate(standing) || standing === "paused");
}

/**
 * Returns true if only staff can change the gift's terms, in Stripe's dashboard, because the gift is unusual. False for
 * a gift that is ending, over or unpaid.
 */
export function canOnlyStaffChangeGift({ standing, hasStandardTerms }: OwnRecurringGift): boolean {
  return !hasStandardTerms && (isRunningOrLate(standing) || standing === "paused");
}

export function mayCancel({ standing }: OwnRecurringGift): boolean {
  return isRunningOrLate(standing) || standing === "paused" || standing === "unpaid";
}

export function isOverdue({ standing }: OwnRecurringGift): boolean {
  return standing === "late" || standing === "unpaid";
}

/**
 * Returns true if the next payment can be skipped, which moves it by one period. Only one payment can be skipped at a
 * time.
 */
export function maySkipNextPayment(gift: OwnRecurringGift, now: Date): boolean {
  const after = paymentDateAfterSkip(gift);
  return mayMovePayment(gift) && after !== null && isNextDue(gift, now) && after <= latestPossibleChargeDate(now);
}

/**
 * Returns the first day on which the next payment can be skipped. Returns null if it can already be skipped, or if
 * there is no such day before it is charged.
 */
export function becomesSkippableOn(gift: OwnRecurringGift, now: Date): Date | null {
  const after = paymentDateAfterSkip(gift);
  if (!after || !gift.periodEndsAt || !mayMovePayment(gift) || !isNextDue(gift, now)) return null;
  const from = firstTimeWhenMoveToDayIsAllowed(after);
  return from > now && from < gift.periodEndsAt ? from : null;
}

function isNextDue(gift: OwnRecurringGift, now: Date): boolean {
  return gift.periodEndsAt !== null && gift.periodEndsAt <= onePeriodAfter(gift, now);
}

/** Returns true if the gift can move to another day of the month. Only monthly and yearly gifts can. */
export function mayChangeChargeDay(gift: OwnRecurringGift): boolean {
  return mayMovePayment(gift) && frequencyTextKeyAndValues(gift.frequency).word !== "every";
}

export function mayChangeFrequency(gift: OwnRecurringGift): boolean {
  return mayMovePayment(gift) && gift.money !== null && otherFrequency(gift.frequency) !== null;
}

/**
 * Returns true if the next payment can move to another time. The gift must be running and not unusual, and its billing
 * period must be known.
 */
export function mayMovePayment({ standing, hasStandardTerms, periodEndsAt }: OwnRecurringGift): boolean {
  return hasStandardTerms && standing === "running" && periodEndsAt !== null;
}

export function otherFrequency(frequency: RecurringFrequency): "monthly" | "yearly" | null {
  if (frequency === "monthly") return "yearly";
  return frequency === "yearly" ? "monthly" : null;
}

/**
 * Returns the day of the payment that comes after the next one. Returns null if the end of the current period is
 * unknown.
 */
export function paymentDateAfterSkip({ periodEndsAt, chargeDay, frequency }: OwnRecurringGift): Date | null {
  if (!periodEndsAt) return null;
  const from = new Date(periodEndsAt.getTime() + 1);
  return firstPeriodEndFrom({
    end: periodEndsAt,
    dayOfMonth: chargeDay,
    billingInterval: billingIntervalOf(frequency),
    from,
  });
}

/**
 * Returns the time that is one period and four days from now. The four days are a margin: because months differ in
 * length, the next payment can be due up to three days after that period.
 */
function onePeriodAfter({ frequency }: OwnRecurringGift, now: Date): Date {
  const from = new Date(now.getTime() + 1);
  const end = firstPeriodEndFrom({
    end: now,
    dayOfMonth: now.getUTCDate(),
    billingInterval: billingIntervalOf(frequency),
    from,
  });
  return new Date(end.getTime() + 4 * DAY_MS);
}

export function mayChangeCard({ standing }: OwnRecurringGift): boolean {
  return standing !== "starting" && standing !== "ended";
}

export function mayPayOverdue({ standing }: OwnRecurringGift): boolean {
  return standing === "late";
}

/**
 * Returns true if the supporter can start this ended gift again: the site can describe it fully, and the supporter has
 * no running gift.
 */
export function mayStartGiftAgain(gift: OwnRecurringGift, all: readonly OwnRecurringGift[]): boolean {
  return (
    gift.standing === "ended" &&
    gift.hasStandardTerms &&
    gift.money !== null &&
    runningLateOrStartingGifts(all).length === 0
  );
}

/** The reasons for a cancellation, in the order of the form. Their names are Stripe's. */
export const CANCEL_REASONS = ["too_expensive", "unused", "low_quality", "switched_service", "other"] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

export function parseCancelReason(text: string | null): CancelReason | null {
  return CANCEL_REASONS.find((reason) => reason === text) ?? null;
}

export function amountWithoutFeeOf({
  money,
  coveredFee,
}: Pick<OwnRecurringGift, "money" | "coveredFee">): Money | null {
  return money && withoutCoveredFee(money, coveredFee);
}

/**
 * Returns the amount to charge if the gift gets a new amount. Adds the card fee if the gift covers it now. `money`: the
 * new amount without the fee.
 */
export function amountWithFeeIfCovered(
  gift: OwnRecurringGift,
  { money, publication }: { money: Money; publication: Publication },
): Money {
  const charged = amountToCharge(money, { coversFee: gift.coveredFee !== null, publication });
  return charged.kind === "charged" ? charged.money : money;
}

/**
 * Returns the preset amounts that are nearest to the gift's amount, the smallest first, at most MAX_PRESETS. Leaves out
 * the gift's own amount.
 */
export function nearestPresetAmounts(gift: OwnRecurringGift, publication: Publication): Money[] {
  const { currency } = gift;
  const present = amountWithoutFeeOf(gift);
  const offered = frequencyTextKeyAndValues(gift.frequency).word === "yearly" ? "yearly" : "monthly";
  const presets = presetAmounts(publication, { currency, frequency: offered }).map((text) => money(text, currency));
  const distance = ({ amountMinor }: Money) => Math.abs(amountMinor - (present?.amountMinor ?? 0));
  return presets
    .filter((preset) => preset.amountMinor !== present?.amountMinor)
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, MAX_PRESETS)
    .toSorted((a, b) => a.amountMinor - b.amountMinor);
}

const MAX_PRESETS = 3;

/**
 * Returns the amounts to offer if the supporter changes from monthly to yearly, or back. Puts the amount with about the
 * same yearly sum first, and the present amount after it. Leaves out amounts outside the limits.
 */
export function amountsForOtherFrequency(gift: OwnRecurringGift, publication: Publication): Money[] {
  const { currency, frequency } = gift;
  const present = amountWithoutFeeOf(gift);
  if (!present) return [];
  const same = frequency === "monthly" ? present.amountMinor * MONTHS : twelfth(present);
  const limits = { currency, publication };
  const isTaken = (minor: number) =>
    minor >= minimumGiftAmount(limits).amountMinor && minor <= maximumGiftAmount(limits).amountMinor;
  return [...new Set([same, present.amountMinor])].filter(isTaken).map((amountMinor) => ({ amountMinor, currency }));
}

const MONTHS = 12;

/** Returns a twelfth of the amount, rounded to the smallest step that can be charged. */
function twelfth({ amountMinor, currency }: Money): number {
  const step = 10 ** (exponentOf(currency) - usableDecimalsOf(currency));
  return Math.round(amountMinor / MONTHS / step) * step;
}

/**
 * Lists the gifts that are running, late or starting. If the list has several gifts, perhaps the supporter began one
 * twice and wanted only one.
 */
export function runningLateOrStartingGifts(gifts: readonly OwnRecurringGift[]): OwnRecurringGift[] {
  return gifts.filter(({ standing }) => isRunningOrLate(standing) || standing === "starting");
}

export function isRunningOrLate(standing: RecurringGiftStanding): boolean {
  return standing === "running" || standing === "late";
}

export function mayUndoCancel({ standing }: OwnRecurringGift): boolean {
  return standing === "ending";
}

/**
 * Returns a smaller amount to offer to a supporter who is about to cancel. It is the largest preset amount that is at
 * most half of their amount. If there is none, it is the minimum of a gift. Returns null if the minimum is not smaller
 * than their amount, or if only Stripe can calculate their amount.
 */
export function findSmallerAmountToOffer(gift: OwnRecurringGift, publication: Publication): Money | null {
  const present = amountWithoutFeeOf(gift);
  if (!present) return null;
  const { currency, amountMinor } = present;
  const offered = frequencyTextKeyAndValues(gift.frequency).word === "yearly" ? "yearly" : "monthly";
  const presets = presetAmounts(publication, { currency, frequency: offered }).map((text) => money(text, currency));
  const halves = presets.filter((preset) => preset.amountMinor * 2 <= amountMinor);
  const least = minimumGiftAmount({ currency, publication });
  const smaller = halves.reduce((best, preset) => (preset.amountMinor > best.amountMinor ? preset : best), least);
  return smaller.amountMinor < amountMinor ? smaller : null;
}

export function ownRecurringGift(row: RecurringGift): OwnRecurringGift {
  const currency = currencyFromStripe(row.currency);
  const isKnown = row.unusual === null || row.amountMinor > 0n;
  return {
    id: row.id,
    money: isKnown ? moneyOf(row.amountMinor, row.currency) : null,
    coveredFee: coveredFeeOf(row),
    currency,
    frequency: row.frequency as RecurringFrequency,
    hasStandardTerms: row.unusual === null,
    standing: standingOf(row),
    startedAt: row.startedAt,
    periodEndsAt: row.nextPaymentAt,
    chargeDay: row.chargeDay ?? row.nextPaymentAt?.getUTCDate() ?? 1,
    chargesNextAt: row.chargesNextAt,
    resumesAt: row.resumesAt,
    endsAt: row.endedAt ?? row.cancelAt,
    cardExpiresAt: row.cardExpiresAt,
  };
}

function standingOf({ status, endedAt, cancelAt }: RecurringGift): RecurringGiftStanding {
  if (status === "canceled" || endedAt) return "ended";
  if (cancelAt) return "ending";
  if (status === "past_due") return "late";
  if (status === "unpaid" || status === "paused") return status;
  return status === "active" ? "running" : "starting";
}
