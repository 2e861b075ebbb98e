import type { FailedAttempt, RecurringGift } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { type FailureReporter, forEachIsolated } from "../for-each-isolated";
import { isChargedAtMostTwiceAYear } from "../giving/frequency";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import type { RenewalUpcoming } from "./fact";
import { queueMail, type RenewalFailedMailValues } from "./outbox";
import { listFailedRenewals } from "./store/payments";
import { findRecurringGiftBySubscriptionId, listGiftsWithExpiringCard } from "./store/recurring-gifts";
import { findMailAddress } from "./store/supporters";

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * An e-mail about a failed attempt is queued only within this time after the attempt. So a late event causes no e-mail.
 */
const MAIL_WITHIN_MS = 3 * DAY_MS;
/**
 * If Stripe plans no further attempt, the e-mail about the failed attempt waits this long. In this time, Stripe may end
 * the gift or stop charging it, and the e-mail must then say so.
 */
const LAST_WAITS_MS = 10 * 60 * 1000;
const WARN_BEFORE_EXPIRY_MS = 30 * DAY_MS;

/**
 * Queues the e-mail about a failed renewal. If the supporter is still unknown, queueMailForRecentFailedRenewals()
 * queues it later.
 */
export async function queueFailedRenewalMail(context: LedgerContext, attempt: FailedAttempt): Promise<void> {
  const { tx, now, silent } = context;
  const { key, subscriptionId, isRenewal, nextAttemptAt, failedAt } = attempt;
  const isInTime = now.getTime() - failedAt.getTime() <= MAIL_WITHIN_MS;
  if (silent || !isRenewal || !subscriptionId || !isInTime) return;
  const gift = await findRecurringGiftBySubscriptionId(tx, subscriptionId);
  const to = gift?.supporterId ? await findMailAddress(tx, gift.supporterId) : null;
  if (!to) return;
  const values = {
    subscriptionId,
    attempt: key,
    ...moneyOf(attempt.amountMinor, attempt.currency),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
  const sendAfter = nextAttemptAt ? now : new Date(now.getTime() + LAST_WAITS_MS);
  await queueMail(tx, { kind: "renewal-failed", factKey: `renewal:${key}`, to, now, sendAfter, values });
}

export async function queueMailForRecentFailedRenewals(
  context: LedgerContext,
  { subscriptionId }: RecurringGift,
): Promise<void> {
  const since = new Date(context.now.getTime() - MAIL_WITHIN_MS);
  for (const attempt of await listFailedRenewals(context.tx, { subscriptionId, since }))
    await queueFailedRenewalMail(context, attempt);
}

/**
 * Queues an e-mail before a renewal, but only if the gift is charged at most twice a year. Supporters who are charged
 * more often expect the charge.
 */
export async function queueUpcomingRenewalMail(context: LedgerContext, fact: RenewalUpcoming): Promise<void> {
  const { tx, now, silent } = context;
  const { subscriptionId, money, chargesAt } = fact;
  const gift = await findRecurringGiftBySubscriptionId(tx, subscriptionId);
  if (silent || !gift?.supporterId || chargesAt <= now || !isChargedAtMostTwiceAYear(gift.frequency)) return;
  const to = await findMailAddress(tx, gift.supporterId);
  if (!to) return;
  const values = { subscriptionId, ...money, chargesAt: chargesAt.toISOString() };
  const factKey = `upcoming:${subscriptionId}:${chargesAt.getTime() / 1000}`;
  await queueMail(tx, { kind: "renewal-upcoming", factKey, to, now, values });
}

/**
 * Queues a notice for each active, overdue or paused gift without a planned end whose card expires within thirty days.
 * Queues it once per gift and expiry month.
 */
export async function queueCardExpiryNotices(db: Db, now: Date, onFailure: FailureReporter): Promise<void> {
  const until = new Date(now.getTime() + WARN_BEFORE_EXPIRY_MS);
  const gifts = await listGiftsWithExpiringCard(db, { from: now, until });
  const queueOne = ({ subscriptionId, supporterId, cardExpiresAt }: (typeof gifts)[number]) =>
    db.$transaction(async (tx) => {
      const to = supporterId ? await findMailAddress(tx, supporterId) : null;
      if (!to || !cardExpiresAt) return;
      const values = { subscriptionId, expiresAt: cardExpiresAt.toISOString() };
      const factKey = `card-expires:${subscriptionId}:${values.expiresAt.slice(0, 7)}`;
      await queueMail(tx, { kind: "card-expires", factKey, to, now, values });
    });
  await forEachIsolated(gifts, queueOne, {
    onFailure: ({ subscriptionId }, error) => onFailure(subscriptionId, error),
  });
}

/**
 * The consequence of a failed attempt. `retried`: Stripe will try again. `waits`: Stripe will not try again, but the
 * supporter can still pay. `given-up`: the gift has ended, or is no longer charged.
 */
export type FailedAttemptConsequence = "retried" | "waits" | "given-up";

export function consequenceOfFailedAttempt(
  { nextAttemptAt }: RenewalFailedMailValues,
  status: string | undefined,
): FailedAttemptConsequence {
  if (status === "canceled" || status === "unpaid") return "given-up";
  return nextAttemptAt === null ? "waits" : "retried";
}
