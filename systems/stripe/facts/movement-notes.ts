// Records when a recurring gift began, when a new price took effect, and when its payments failed or were paid after
// all. recurring-notes.ts records what a person changed.
import "server-only";
import type Stripe from "stripe";
import type { GiftChangeAuthor, RecurringGiftChange, RecurringGiftChangeKind } from "../../../domain/ledger/fact";
import { subscriptionTermsOf } from "../subscription-terms";
import { dateFromUnix } from "./ids";

export type PreviousSubscriptionAttributes = Partial<Stripe.Subscription> | undefined;

/**
 * `before`: the old values of the changed fields, from Stripe's event. `by`: who made the change; null if the site
 * fetched the subscription itself.
 */
export type ReportedSubscriptionChange = {
  before: PreviousSubscriptionAttributes;
  reportedAt: Date;
  by: GiftChangeAuthor | null;
};

/** The statuses of a gift whose first payment never arrived. The site does not count such a gift. */
const NEVER_BEGAN = ["incomplete", "incomplete_expired"];
const RUNNING = ["active", "trialing"];
const OWING = ["past_due", "unpaid"];

export function listStartsRepricingsAndDebtChanges(
  subscription: Stripe.Subscription,
  reported: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  return [...starts(subscription, reported), ...repricings(subscription, reported), ...debts(subscription, reported)];
}

/**
 * Records that the gift started. Uses the start date of the subscription itself, so that a ledger rebuilt from Stripe's
 * objects also has this record.
 */
function starts(
  { id, status, start_date: start }: Stripe.Subscription,
  { by }: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  if (NEVER_BEGAN.includes(status)) return [];
  return [note({ key: `started:${id}`, kind: "started", at: dateFromUnix(start), by })];
}

/**
 * Returns a change of kind `repriced`, with the time at which the new price took effect. (recurring-notes.ts also
 * records this change, as kind `amount`, but with the time at which the price was created.) Returns nothing if the
 * event does not contain the whole old price.
 */
function repricings(
  subscription: Stripe.Subscription,
  { before, reportedAt, by }: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  const items = before?.items?.data ?? subscription.items.data;
  if (!before || !items.every(({ price }) => price?.recurring)) return [];
  const then = { ...subscription, ...before, items: { ...subscription.items, data: items } } as Stripe.Subscription;
  const [was, is] = [subscriptionTermsOf(then), subscriptionTermsOf(subscription)];
  if (was.money.amountMinor === is.money.amountMinor && was.frequency === is.frequency) return [];
  const sides = { money: is.money, frequency: is.frequency, beforeMinor: was.money.amountMinor };
  const key = `repriced:${subscription.id}:${seconds(reportedAt)}:${was.money.amountMinor}`;
  return [{ ...note({ key, kind: "repriced", at: reportedAt, by }), ...sides, beforeFrequency: was.frequency }];
}

function debts(
  { id, status }: Stripe.Subscription,
  { before, reportedAt, by }: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  const kind = before?.status ? debtKind(before.status, status) : null;
  return kind ? [note({ key: `${kind}:${id}:${seconds(reportedAt)}`, kind, at: reportedAt, by })] : [];
}

function debtKind(was: string, is: string): "overdue" | "caught-up" | "given-up" | null {
  if (is === "unpaid") return "given-up";
  if (is === "past_due") return RUNNING.includes(was) ? "overdue" : null;
  return OWING.includes(was) && RUNNING.includes(is) ? "caught-up" : null;
}

type Noted = { key: string; kind: RecurringGiftChangeKind; at: Date; by: RecurringGiftChange["by"] };

function note({ key, kind, at, by }: Noted): RecurringGiftChange {
  const unchanged = { money: null, beforeMinor: null, frequency: null, beforeFrequency: null };
  return { ...unchanged, key, kind, until: null, reason: null, by, notedAt: at };
}

function seconds(at: Date): number {
  return at.getTime() / 1000;
}
