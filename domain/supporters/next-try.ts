// When Stripe tries to charge an overdue payment again.
import type { Db } from "../database";
import { findLastAttempt } from "./store";

/**
 * `awaited`: the time of the planned attempt is past, and the ledger does not have its outcome yet; the bank of a debit takes days.
 * `stopped`: Stripe has stopped charging the gift. `none`: no further attempt is planned. `unknown`: the ledger has no attempt.
 */
export type NextTry = Date | "awaited" | "stopped" | "none" | "unknown";

/** `status`: of the subscription. `failedAt`, `nextAttemptAt`: of the last failed attempt; null if the ledger has none. */
export type LastAttempt = { status: string; failedAt: Date | null; nextAttemptAt: Date | null };

export function nextTryOf({ status, failedAt, nextAttemptAt }: LastAttempt, now: Date): NextTry {
  if (status === "unpaid") return "stopped";
  if (!failedAt) return "unknown";
  if (!nextAttemptAt) return "none";
  return nextAttemptAt > now ? nextAttemptAt : "awaited";
}

/** Null if the gift is not overdue. */
export async function findNextTry(db: Db, { id, now }: { id: string; now: Date }): Promise<NextTry | null> {
  const last = await findLastAttempt(db, id);
  return last && ["past_due", "unpaid"].includes(last.status) ? nextTryOf(last, now) : null;
}
