// The settings for renewals. At Stripe, they are set in the Dashboard.
import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../account";

const DAY = 86_400;

export const renewalSettingsSchema = z.object({
  /**
   * The days on which to retry, counted from the day when the invoice was finalized. Stripe's default is eight retries
   * within two weeks.
   */
  retryDays: z.array(z.number().int().min(1).max(60)).max(20),
  whenGivenUp: z.enum(["cancel", "unpaid", "past_due"]),
  upcomingDays: z.number().int().min(0).max(60),
});
type RenewalSettings = z.infer<typeof renewalSettingsSchema>;
const DEFAULTS: RenewalSettings = {
  retryDays: [1, 3, 5, 7, 8, 10, 12, 14],
  whenGivenUp: "cancel",
  upcomingDays: 7,
};

export function renewalSettingsOf({ store, id }: Account): RenewalSettings {
  return { ...DEFAULTS, ...JSON.parse(store.renewalSettingsJsonOf(id)) };
}

/**
 * Returns when to retry after `attempts` attempts, in Unix seconds. Returns null after the last retry. If a bank debit
 * failed after the planned time, plans the retry from the current time instead.
 */
export function nextRetryAt(account: Account, invoice: Stripe.Invoice, attempts: number): number | null {
  const { retryDays } = renewalSettingsOf(account);
  const days = retryDays[attempts - 1];
  if (days === undefined) return null;
  const planned = (invoice.status_transitions.finalized_at ?? invoice.created) + days * DAY;
  const daysApart = Math.max(days - (retryDays[attempts - 2] ?? 0), 1);
  return planned > account.now() ? planned : account.now() + daysApart * DAY;
}

/** Returns when to send `invoice.upcoming`, in Unix seconds. Null if that time is not within the period. */
export function upcomingNoticeAt(account: Account, { start, end }: { start: number; end: number }): number | null {
  const at = end - renewalSettingsOf(account).upcomingDays * DAY;
  return at > start && at < end ? at : null;
}
