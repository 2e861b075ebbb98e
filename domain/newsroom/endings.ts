import type { Db } from "../database";
import { countEndedRecurringGiftsByReason } from "./store";

export type EndReasonCount = { reason: EndReason; gifts: number };

/**
 * Why a gift ended: Stripe's `cancellation_details.reason`. `unknown` if Stripe gives no reason, or one that is not in
 * this list.
 */
export const RECURRING_GIFT_END_REASONS = [
  "cancellation_requested",
  "payment_failed",
  "payment_disputed",
  "unknown",
] as const;
export type EndReason = (typeof RECURRING_GIFT_END_REASONS)[number];

export type EndReasonCounts = { endings: EndReasonCount[]; days: number };

export const ENDED_GIFTS_PERIOD_DAYS = 90;

/** Counts the gifts that ended in the last `days` days by reason, the most frequent reason first. */
export async function countEndReasons(
  db: Db,
  { now, days = ENDED_GIFTS_PERIOD_DAYS }: { now: Date; days?: number },
): Promise<EndReasonCounts> {
  const from = new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
  const rows = await countEndedRecurringGiftsByReason(db, from);
  const gifts = new Map<EndReason, number>();
  for (const row of rows) {
    const reason = endReasonOf(row.reason);
    gifts.set(reason, (gifts.get(reason) ?? 0) + Number(row.gifts));
  }
  const endings = [...gifts].map(([reason, count]) => ({ reason, gifts: count }));
  return { endings: endings.sort((a, b) => b.gifts - a.gifts), days };
}

export function endReasonOf(stripesReason: string | null): EndReason {
  return RECURRING_GIFT_END_REASONS.find((reason) => reason === stripesReason) ?? "unknown";
}
