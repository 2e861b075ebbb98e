// A supporter's own recurring gifts: the standing of each, and the changes that its supporter may make now.
import type { RecurringGift } from "../../generated/sqlite/client";
import { decimalsOf, exponentOf } from "../currencies";
import type { Db } from "../database";
import { firstMoveTo, latestMove } from "../giving/charge-day";
import { coveredFeeOf, withoutFee } from "../giving/covered-fee";
import { frequencyWord, periodEndFrom, type RecurringFrequency, rhythmOf } from "../giving/frequency";
import { chargedAmount, maximumAmount, minimumAmount } from "../giving/gift-form";
import { type Currency, currencyFromStripe, type Money, money, moneyOf } from "../money";
import { type Publication, presetAmounts } from "../publication";
import { findRecurringGift, selectRecurringGifts } from "./store";

const DAY_MS = 86_400_000;

/**
 * starting: paid, but Stripe has not reported it yet · running · late: the last payment failed and will be retried · unpaid: Stripe
 * has given up · paused · ending: cancelled, runs out on `endsAt`, can be undone · ended.
 */
export type RecurringStanding = "starting" | "running" | "late" | "unpaid" | "paused" | "ending" | "ended";

export type OwnRecurringGift = {
  id: string;
  /** The amount of one payment; null for an unusual gift whose amount only Stripe can say. */
  money: Money | null;
  /** The part of `money` that covers the card fee. */
  coveredFee: Money | null;
  currency: Currency;
  frequency: RecurringFrequency;
  /** False for an unusual gift: the site cannot describe all of it, so it never changes the amount. */
  isOurs: boolean;
  standing: RecurringStanding;
  startedAt: Date | null;
  /** The end of the paid period, while the gift runs. */
  paidUntil: Date | null;
  /** A date with the day of the month that payments keep to. */
  anchor: Date;
  /** The day of the next charge; null if there is none, or Stripe has not reported it. */
  nextPaymentAt: Date | null;
  /** The day on which a pause ends by itself. */
  resumesAt: Date | null;
  /** The day on which the gift ends or ended; null while no end is set. */
  endsAt: Date | null;
  /** The last day of the card that pays for it; null if Stripe has not reported it, or the gift is not paid by card. */
  cardExpiresAt: Date | null;
};

/** Lists ended gifts last, and the newest first within each group. */
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

/** Also true for a paused gift: Stripe uses the new amount from the first charge after the pause. */
export function mayChangeAmount({ standing, isOurs }: OwnRecurringGift): boolean {
  return isOurs && (isBeingCharged(standing) || standing === "paused");
}

/** True if only staff can change the amount, in Stripe's dashboard. */
export function isChangedByHand({ standing, isOurs }: OwnRecurringGift): boolean {
  return !isOurs && (isBeingCharged(standing) || standing === "paused");
}

export function mayCancel({ standing }: OwnRecurringGift): boolean {
  return isBeingCharged(standing) || standing === "paused" || standing === "unpaid";
}

/** The last payment did not go through. */
export function isOverdue({ standing }: OwnRecurringGift): boolean {
  return standing === "late" || standing === "unpaid";
}

/** True if the next payment may move by one period. A payment that was skipped already is not: skipping more than one is a pause. */
export function maySkip(gift: OwnRecurringGift, now: Date): boolean {
  const after = afterSkip(gift);
  return mayMove(gift) && after !== null && isNextDue(gift, now) && after <= latestMove(now);
}

/** The day from which the next payment may be skipped. Null if it may be skipped now, or never before it is charged. */
export function skipsFrom(gift: OwnRecurringGift, now: Date): Date | null {
  const after = afterSkip(gift);
  if (!after || !gift.paidUntil || !mayMove(gift) || !isNextDue(gift, now)) return null;
  const from = firstMoveTo(after);
  return from > now && from < gift.paidUntil ? from : null;
}

function isNextDue(gift: OwnRecurringGift, now: Date): boolean {
  return gift.paidUntil !== null && gift.paidUntil <= onePeriodAfter(gift, now);
}

/** True for gifts by the month or the year only, which have a day of the month. */
export function mayChangeDate(gift: OwnRecurringGift): boolean {
  return mayMove(gift) && frequencyWord(gift.frequency).word !== "every";
}

/** True if the gift may change between monthly and yearly. */
export function mayChangeFrequency(gift: OwnRecurringGift): boolean {
  return mayMove(gift) && gift.money !== null && otherFrequency(gift.frequency) !== null;
}

/** A payment that is owed or on its way is not moved. */
export function mayMove({ standing, isOurs, paidUntil }: OwnRecurringGift): boolean {
  return isOurs && standing === "running" && paidUntil !== null;
}

/** Null for a frequency that the form does not offer. */
export function otherFrequency(frequency: RecurringFrequency): "monthly" | "yearly" | null {
  if (frequency === "monthly") return "yearly";
  return frequency === "yearly" ? "monthly" : null;
}

/** The end of the period after the next payment's, if that payment is skipped. */
export function afterSkip({ paidUntil, anchor, frequency }: OwnRecurringGift): Date | null {
  if (!paidUntil) return null;
  const from = new Date(paidUntil.getTime() + 1);
  return periodEndFrom({ end: paidUntil, anchor, rhythm: rhythmOf(frequency), from });
}

/** Adds some days, because months differ in length. */
function onePeriodAfter({ frequency }: OwnRecurringGift, now: Date): Date {
  const from = new Date(now.getTime() + 1);
  const end = periodEndFrom({ end: now, anchor: now, rhythm: rhythmOf(frequency), from });
  return new Date(end.getTime() + 4 * DAY_MS);
}

/** True if the supporter may enter another card at Stripe. */
export function mayChangeCard({ standing }: OwnRecurringGift): boolean {
  return standing !== "starting" && standing !== "ended";
}

/** True if the supporter may pay the open invoice now. */
export function mayPay({ standing }: OwnRecurringGift): boolean {
  return standing === "late";
}

/** True for an ended gift while no other one runs. */
export function mayStartAgain(gift: OwnRecurringGift, all: readonly OwnRecurringGift[]): boolean {
  return gift.standing === "ended" && gift.isOurs && gift.money !== null && listRunning(all).length === 0;
}

/** Stripe's reasons for a cancellation that the form offers, in its order. A supporter types nothing. */
export const CANCEL_REASONS = ["too_expensive", "unused", "low_quality", "switched_service", "other"] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Null if no reason, or an unknown one, was chosen. */
export function parseCancelReason(text: string | null): CancelReason | null {
  return CANCEL_REASONS.find((reason) => reason === text) ?? null;
}

/** The amount that the supporter chose, before they added the card fee. */
export function chosenAmountOf({ money, coveredFee }: Pick<OwnRecurringGift, "money" | "coveredFee">): Money | null {
  return money && withoutFee(money, coveredFee);
}

/** The amount to charge if the supporter chose `chosen` and covers the card fee as they do now. */
export function amountWithFee(
  gift: OwnRecurringGift,
  { money, publication }: { money: Money; publication: Publication },
): Money {
  const charged = chargedAmount(money, { coversFee: gift.coveredFee !== null, publication });
  return charged.kind === "charged" ? charged.money : money;
}

/** The preset amounts nearest to the present amount, which is left out, in rising order. */
export function nearestPresets(gift: OwnRecurringGift, publication: Publication): Money[] {
  const { currency } = gift;
  const present = chosenAmountOf(gift);
  const offered = frequencyWord(gift.frequency).word === "yearly" ? "yearly" : "monthly";
  const presets = presetAmounts(publication, { currency, frequency: offered }).map((text) => money(text, currency));
  const away = ({ amountMinor }: Money) => Math.abs(amountMinor - (present?.amountMinor ?? 0));
  return presets
    .filter((preset) => preset.amountMinor !== present?.amountMinor)
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, MOST_PRESETS)
    .toSorted((a, b) => a.amountMinor - b.amountMinor);
}

const MOST_PRESETS = 3;

/**
 * The amounts offered with the other frequency: the present one, and the one that comes to the same in a year. Only those within the
 * limits.
 */
export function amountsForOther(gift: OwnRecurringGift, publication: Publication): Money[] {
  const { currency, frequency } = gift;
  const present = chosenAmountOf(gift);
  if (!present) return [];
  const same = frequency === "monthly" ? present.amountMinor * MONTHS : twelfth(present);
  const limits = { currency, publication };
  const isTaken = (minor: number) =>
    minor >= minimumAmount(limits).amountMinor && minor <= maximumAmount(limits).amountMinor;
  return [...new Set([same, present.amountMinor])].filter(isTaken).map((amountMinor) => ({ amountMinor, currency }));
}

const MONTHS = 12;

/** Rounds to the smallest step that can be charged. */
function twelfth({ amountMinor, currency }: Money): number {
  const step = 10 ** (exponentOf(currency) - decimalsOf(currency));
  return Math.round(amountMinor / MONTHS / step) * step;
}

/** Gifts that are charged. A supporter with several may have wanted only one. */
export function listRunning(gifts: readonly OwnRecurringGift[]): OwnRecurringGift[] {
  return gifts.filter(({ standing }) => isBeingCharged(standing) || standing === "starting");
}

export function isBeingCharged(standing: RecurringStanding): boolean {
  return standing === "running" || standing === "late";
}

export function mayUndoCancel({ standing }: OwnRecurringGift): boolean {
  return standing === "ending";
}

/**
 * Offered to someone who is about to cancel: the largest preset that is at most half of their amount, or else the smallest gift we
 * take. Null if they already give that little, or if their amount is unknown.
 */
export function smallerAmount(gift: OwnRecurringGift, publication: Publication): Money | null {
  const present = chosenAmountOf(gift);
  if (!present) return null;
  const { currency, amountMinor } = present;
  const offered = frequencyWord(gift.frequency).word === "yearly" ? "yearly" : "monthly";
  const presets = presetAmounts(publication, { currency, frequency: offered }).map((text) => money(text, currency));
  const halves = presets.filter((preset) => preset.amountMinor * 2 <= amountMinor);
  const least = minimumAmount({ currency, publication });
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
    isOurs: row.unusual === null,
    standing: standingOf(row),
    startedAt: row.startedAt,
    paidUntil: row.nextPaymentAt,
    anchor: new Date(Date.UTC(2026, 0, row.chargeDay ?? row.nextPaymentAt?.getUTCDate() ?? 1)),
    nextPaymentAt: row.chargesNextAt,
    resumesAt: row.resumesAt,
    endsAt: row.endedAt ?? row.cancelAt,
    cardExpiresAt: row.cardExpiresAt,
  };
}

function standingOf({ status, endedAt, cancelAt }: RecurringGift): RecurringStanding {
  if (status === "canceled" || endedAt) return "ended";
  if (cancelAt) return "ending";
  if (status === "past_due") return "late";
  if (status === "unpaid" || status === "paused") return status;
  return status === "active" ? "running" : "starting";
}
