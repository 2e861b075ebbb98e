// Finds out when Stripe tries to charge an overdue payment again.
import type { Db } from "../database";
import { findGiftStatusAndLastFailedRenewal } from "./store";

/**
 * The time of the next attempt, or why there is none. `awaited`: the time of the attempt is past, but the ledger does
 * not have the outcome yet. A bank debit takes days. `stopped`: Stripe has stopped charging the gift. `none`: Stripe
 * plans no further attempt. `unknown`: the ledger has no failed attempt.
 */
export type NextPaymentAttempt = Date | "awaited" | "stopped" | "none" | "unknown";

/**
 * `status`: the subscription's status. `failedAt`: when the latest attempt failed; null if the ledger has no failed
 * attempt. `nextAttemptAt`: the time that Stripe set for the next attempt; null if it set none.
 */
export type LatestFailedAttempt = { status: string; failedAt: Date | null; nextAttemptAt: Date | null };

export function nextAttemptOf({ status, failedAt, nextAttemptAt }: LatestFailedAttempt, now: Date): NextPaymentAttempt {
  if (status === "unpaid") return "stopped";
  if (!failedAt) return "unknown";
  if (!nextAttemptAt) return "none";
  return nextAttemptAt > now ? nextAttemptAt : "awaited";
}

/** Returns the next attempt for a recurring gift. Returns null if the gift is not overdue. */
export async function findNextAttemptIfOverdue(
  db: Db,
  { id, now }: { id: string; now: Date },
): Promise<NextPaymentAttempt | null> {
  const last = await findGiftStatusAndLastFailedRenewal(db, id);
  return last && ["past_due", "unpaid"].includes(last.status) ? nextAttemptOf(last, now) : null;
}
