// A supporter's own recurring gifts: how each stands, and what its giver may do with it now.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db } from "../../systems/database";
import type { Frequency } from "../giving/gift";
import { currencyFromStripe, type Money, money } from "../money";
import type { Publication } from "../publication";

/**
 * starting: paid for, Stripe has not shown it yet · running · late: the last payment failed and is tried again ·
 * paused · ending: cancelled, runs out on `endsAt`, can be undone · ended.
 */
export type RecurringStanding = "starting" | "running" | "late" | "paused" | "ending" | "ended";

export type OwnRecurringGift = {
  id: string;
  money: Money;
  frequency: Exclude<Frequency, "once">;
  standing: RecurringStanding;
  startedAt: Date | null;
  nextPaymentAt: Date | null;
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

export function mayChangeAmount({ standing }: OwnRecurringGift): boolean {
  return standing === "running" || standing === "late";
}

export function mayCancel({ standing }: OwnRecurringGift): boolean {
  return standing === "running" || standing === "late" || standing === "paused";
}

export function mayUndoCancel({ standing }: OwnRecurringGift): boolean {
  return standing === "ending";
}

/**
 * What to offer someone who means to cancel: the largest sum on the form that is at most half of theirs, else the
 * smallest we take. Null where they give that little already.
 */
export function smallerSum(gift: OwnRecurringGift, publication: Publication): Money | null {
  const { currency, amountMinor } = gift.money;
  const sums = publication.sums[currency][gift.frequency].map((sum) => money(sum, currency));
  const halves = sums.filter((sum) => sum.amountMinor * 2 <= amountMinor);
  const smallest = money(publication.limits[currency].min, currency);
  const smaller = halves.reduce((best, sum) => (sum.amountMinor > best.amountMinor ? sum : best), smallest);
  return smaller.amountMinor < amountMinor ? smaller : null;
}

function ownRecurringGift(row: RecurringGift): OwnRecurringGift {
  return {
    id: row.id,
    money: { amountMinor: Number(row.amountMinor), currency: currencyFromStripe(row.currency) },
    frequency: row.frequency === "yearly" ? "yearly" : "monthly",
    standing: standingOf(row),
    startedAt: row.startedAt,
    nextPaymentAt: row.nextPaymentAt,
    endsAt: row.endedAt ?? row.cancelAt,
  };
}

function standingOf({ status, endedAt, cancelAt }: RecurringGift): RecurringStanding {
  if (status === "canceled" || endedAt) return "ended";
  if (cancelAt) return "ending";
  if (status === "past_due") return "late";
  if (status === "paused") return "paused";
  return status === "active" ? "running" : "starting";
}
