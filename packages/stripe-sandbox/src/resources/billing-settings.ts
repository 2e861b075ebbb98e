// What a newsroom can set for its account in Stripe's Dashboard about renewals: when a failed one is tried again, what
// happens when all tries have failed, and how long before a renewal `invoice.upcoming` is sent.
import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../account";

const DAY = 86_400;

export const billingSettings = z.object({
  /** Days after the first try. Stripe's default is eight more tries within two weeks. */
  retryDays: z.array(z.number().int().min(1).max(60)).max(20),
  whenGivenUp: z.enum(["cancel", "unpaid", "past_due"]),
  upcomingDays: z.number().int().min(0).max(60),
});
type BillingSettings = z.infer<typeof billingSettings>;
const DEFAULTS: BillingSettings = {
  retryDays: [1, 3, 5, 7, 8, 10, 12, 14],
  whenGivenUp: "cancel",
  upcomingDays: 7,
};

export function billingSettingsOf({ store, id }: Account): BillingSettings {
  return { ...DEFAULTS, ...JSON.parse(store.billingOf(id)) };
}

/** When an invoice that has just failed is tried next; null when all tries are used up. */
export function nextAttemptOf(account: Account, invoice: Stripe.Invoice, attempts: number): number | null {
  const days = billingSettingsOf(account).retryDays[attempts - 1];
  const first = invoice.status_transitions.finalized_at ?? invoice.created;
  return days === undefined ? null : Math.max(first + days * DAY, account.now() + 1);
}

/** When the notice of the renewal at `end` goes out; null where the period is too short for one. */
export function upcomingAt(account: Account, { start, end }: { start: number; end: number }): number | null {
  const at = end - billingSettingsOf(account).upcomingDays * DAY;
  return at > start && at < end ? at : null;
}
