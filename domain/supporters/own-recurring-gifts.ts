// A supporter's own recurring gifts: the standing of each, and the changes that its supporter may make now.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { frequencyWord, type RecurringFrequency } from "../giving/frequency";
import { minimumAmount } from "../giving/gift-form";
import { type Currency, currencyFromStripe, type Money, money, moneyOf } from "../money";
import { type Publication, presetAmounts } from "../publication";
import { findRecurringGift, selectRecurringGifts } from "./store";

/**
 * starting: paid, but Stripe has not reported it yet · running · late: the last payment failed and will be retried · unpaid: Stripe
 * has given up · paused · ending: cancelled, runs out on `endsAt`, can be undone · ended.
 */
export type RecurringStanding = "starting" | "running" | "late" | "unpaid" | "paused" | "ending" | "ended";

export type OwnRecurringGift = {
  id: string;
  /** The amount of one payment; null for an unusual gift whose amount only Stripe can say. */
  money: Money | null;
  currency: Currency;
  frequency: RecurringFrequency;
  /** False for an unusual gift: the site cannot describe all of it, so it never changes the amount. */
  isOurs: boolean;
  standing: RecurringStanding;
  startedAt: Date | null;
  /** The end of the paid period, while the gift runs. */
  paidUntil: Date | null;
  /** The day of the next charge; null where there is none, or Stripe has not said. */
  nextPaymentAt: Date | null;
  /** The day on which a pause ends by itself. */
  resumesAt: Date | null;
  /** The day on which it ends or ended; null while it goes on. */
  endsAt: Date | null;
};

/** Ended gifts last; within each part the newest first. */
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

export function mayChangeAmount({ standing, isOurs }: OwnRecurringGift): boolean {
  return isOurs && isAskedFor(standing);
}

/** Only staff can change the amount, in Stripe's dashboard. */
export function isChangedByHand({ standing, isOurs }: OwnRecurringGift): boolean {
  return !isOurs && isAskedFor(standing);
}

export function mayCancel({ standing }: OwnRecurringGift): boolean {
  return isAskedFor(standing) || standing === "paused" || standing === "unpaid";
}

/** Gifts that are charged. A supporter with several may have wanted only one. */
export function listRunning(gifts: readonly OwnRecurringGift[]): OwnRecurringGift[] {
  return gifts.filter(({ standing }) => isAskedFor(standing) || standing === "starting");
}

function isAskedFor(standing: RecurringStanding): boolean {
  return standing === "running" || standing === "late";
}

export function mayUndoCancel({ standing }: OwnRecurringGift): boolean {
  return standing === "ending";
}

/**
 * Offered to someone who is about to cancel: the largest preset that is at most half of their amount, or else the smallest gift we
 * take. Null where they already give that little, or their amount is unknown.
 */
export function smallerAmount(gift: OwnRecurringGift, publication: Publication): Money | null {
  if (!gift.money) return null;
  const { currency, amountMinor } = gift.money;
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
    currency,
    frequency: row.frequency as RecurringFrequency,
    isOurs: row.unusual === null,
    standing: standingOf(row),
    startedAt: row.startedAt,
    paidUntil: row.nextPaymentAt,
    nextPaymentAt: row.chargesNextAt,
    resumesAt: row.resumesAt,
    endsAt: row.endedAt ?? row.cancelAt,
  };
}

function standingOf({ status, endedAt, cancelAt }: RecurringGift): RecurringStanding {
  if (status === "canceled" || endedAt) return "ended";
  if (cancelAt) return "ending";
  if (status === "past_due") return "late";
  if (status === "unpaid" || status === "paused") return status;
  return status === "active" ? "running" : "starting";
}
