// A supporter's own recurring gifts: how each stands, and what its giver may do with it now.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { frequencyWord, type RecurringFrequency } from "../giving/frequency";
import { type Currency, currencyFromStripe, type Money, money } from "../money";
import type { Publication } from "../publication";

/**
 * starting: paid for, Stripe has not shown it yet · running · late: the last payment failed and is tried again · unpaid: Stripe has
 * stopped trying · paused · ending: cancelled, runs out on `endsAt`, can be undone · ended.
 */
export type RecurringStanding = "starting" | "running" | "late" | "unpaid" | "paused" | "ending" | "ended";

export type OwnRecurringGift = {
  id: string;
  /** Of one payment; null where only Stripe can say it. */
  money: Money | null;
  currency: Currency;
  frequency: RecurringFrequency;
  /** The site can describe the whole of it, and so may change its amount. */
  isOurs: boolean;
  standing: RecurringStanding;
  startedAt: Date | null;
  /** Until when it is paid for, while it runs. */
  paidUntil: Date | null;
  /** When the bank is asked next; null where it is not, or nobody knows. */
  nextPaymentAt: Date | null;
  /** The day on which a pause ends by itself. */
  resumesAt: Date | null;
  /** When it ends or ended; null while it goes on. */
  endsAt: Date | null;
};

/** Those that go on first, then by start, newest first. */
export async function listOwnRecurringGifts(db: Db, supporterId: string): Promise<OwnRecurringGift[]> {
  const rows = await db.recurringGift.findMany({ where: { supporterId }, orderBy: { recordedAt: "desc" } });
  const gifts = rows.map(ownRecurringGift);
  return [
    ...gifts.filter(({ standing }) => standing !== "ended"),
    ...gifts.filter(({ standing }) => standing === "ended"),
  ];
}

export async function findOwnRecurringGift(
  db: Db,
  { id, supporterId }: { id: string; supporterId: string },
): Promise<OwnRecurringGift | null> {
  const row = await db.recurringGift.findFirst({ where: { id, supporterId } });
  return row ? ownRecurringGift(row) : null;
}

export function mayChangeAmount({ standing, isOurs }: OwnRecurringGift): boolean {
  return isOurs && isAskedFor(standing);
}

/** The gift is charged, but only a person at Stripe can change its amount. */
export function isChangedByHand({ standing, isOurs }: OwnRecurringGift): boolean {
  return !isOurs && isAskedFor(standing);
}

export function mayCancel({ standing }: OwnRecurringGift): boolean {
  return isAskedFor(standing) || standing === "paused" || standing === "unpaid";
}

/** Gifts that are charged. A supporter with several may have meant to have one. */
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
 * What to offer someone who means to cancel: the largest sum on the form that is at most half of theirs, else the
 * smallest we take. Null where they give that little already, or the site does not know how much it is.
 */
export function smallerAmount(gift: OwnRecurringGift, publication: Publication): Money | null {
  if (!gift.money) return null;
  const { currency, amountMinor } = gift.money;
  const offered = frequencyWord(gift.frequency).word === "yearly" ? "yearly" : "monthly";
  const sums = publication.presetAmounts[currency][offered].map((sum) => money(sum, currency));
  const halves = sums.filter((sum) => sum.amountMinor * 2 <= amountMinor);
  const smallest = money(publication.limits[currency].min, currency);
  const smaller = halves.reduce((best, sum) => (sum.amountMinor > best.amountMinor ? sum : best), smallest);
  return smaller.amountMinor < amountMinor ? smaller : null;
}

function ownRecurringGift(row: RecurringGift): OwnRecurringGift {
  const currency = currencyFromStripe(row.currency);
  const isKnown = row.unusual === null || row.amountMinor > 0n;
  return {
    id: row.id,
    money: isKnown ? { amountMinor: Number(row.amountMinor), currency } : null,
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
