// Records the changes to a recurring gift. The key of a change consists of Stripe's ids and times, so a second event
// about the same change is not recorded again. If a supporter cancels with a comment, the comment is not copied from
// Stripe.
import "server-only";
import type Stripe from "stripe";
import type { GiftChangeAuthor, RecurringGiftChange, RecurringGiftChangeKind } from "../../../domain/ledger/fact";
import { currencyFromStripe, type Money } from "../../../domain/money";
import { endReasonOf } from "../subscription";
import {
  type FixedPriceSubscriptionItem,
  frequencyOfPrice,
  isFixedPriceItem,
  itemAmountOf,
} from "../subscription-terms";
import { dateFromUnix } from "./ids";
import {
  listStartsRepricingsAndDebtChanges,
  type PreviousSubscriptionAttributes,
  type ReportedSubscriptionChange,
} from "./movement-notes";

export function listRecurringGiftChanges(
  subscription: Stripe.Subscription,
  reported: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  return [
    ...amounts(subscription, reported),
    ...frequencies(subscription, reported),
    ...moves(subscription, reported),
    ...pauses(subscription, reported),
    ...ends(subscription, reported),
    ...listStartsRepricingsAndDebtChanges(subscription, reported),
  ];
}

/**
 * Returns who made the change. If the first word of the idempotency key is `supporter` or `link`, returns this word. A
 * change without an API request, or with a key that begins with `site`, counts as made by Stripe. Every other change
 * counts as made by staff.
 */
export function changeAuthorOf(request: Stripe.Event.Request | null): GiftChangeAuthor {
  const [author] = (request?.idempotency_key ?? "").split(":");
  if (author === "supporter" || author === "link") return author;
  return request?.id && author !== "site" ? "staff" : "stripe";
}

/**
 * Returns a change with the amount for each item. Leaves out items with tiered or metered prices, because these have no
 * single amount.
 */
function amounts(subscription: Stripe.Subscription, { before, by }: ReportedSubscriptionChange): RecurringGiftChange[] {
  const { id, items } = subscription;
  return items.data.filter(isFixedPriceItem).map((item) => {
    const { price, quantity = 1 } = item;
    const key = `amount:${id}:${price.id}${quantity === 1 ? "" : `:x${quantity}`}`;
    const now = { money: stripeMoney(item), frequency: frequencyOfPrice(price.recurring) };
    return {
      ...NO_VALUES,
      key,
      kind: "amount",
      ...now,
      ...earlier(item, before),
      by,
      notedAt: dateFromUnix(price.created),
    };
  });
}

function frequencies(
  { id, items }: Stripe.Subscription,
  { before, by }: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  return items.data.filter(isFixedPriceItem).flatMap((item) => {
    const frequency = frequencyOfPrice(item.price.recurring);
    const former = earlier(item, before);
    if (!former.beforeFrequency || former.beforeFrequency === frequency) return [];
    const key = `frequency:${id}:${item.price.id}`;
    const now = { money: stripeMoney(item), frequency, notedAt: dateFromUnix(item.price.created) };
    return [{ ...NO_VALUES, key, kind: "frequency" as const, ...now, ...former, by }];
  });
}

function stripeMoney(item: FixedPriceSubscriptionItem): Money {
  return { amountMinor: itemAmountOf(item), currency: currencyFromStripe(item.price.currency) };
}

/** Returns the item's amount and frequency before the change; an empty object if the event does not contain them. */
function earlier(
  { id }: Stripe.SubscriptionItem,
  before: PreviousSubscriptionAttributes,
): Partial<RecurringGiftChange> {
  const item = before?.items?.data.find((each) => each.id === id);
  if (!item || !isFixedPriceItem(item)) return {};
  return { beforeMinor: itemAmountOf(item), beforeFrequency: frequencyOfPrice(item.price.recurring) };
}

/**
 * Records that the next payment was skipped or got a new date. systems/stripe/move-payment.ts stores in the metadata
 * which of the two it was.
 */
function moves(
  subscription: Stripe.Subscription,
  { before, reportedAt, by }: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  const { trial_end: until, metadata } = subscription;
  if (!until || !before || !("trial_end" in before)) return [];
  const { moved: kind } = metadata;
  if (kind !== "skipped" && kind !== "date") return [];
  const key = `${kind}:${subscription.id}:${until}`;
  return [{ ...NO_VALUES, key, kind, until: dateFromUnix(until), by, notedAt: reportedAt }];
}

function pauses(
  subscription: Stripe.Subscription,
  { before, reportedAt, by }: ReportedSubscriptionChange,
): RecurringGiftChange[] {
  if (!before || !("pause_collection" in before)) return [];
  const { pause_collection: pause } = subscription;
  const until = pause?.resumes_at ? dateFromUnix(pause.resumes_at) : null;
  return [{ ...note(subscription, { kind: pause ? "paused" : "resumed", at: reportedAt, by }), until }];
}

function ends(subscription: Stripe.Subscription, { before, by }: ReportedSubscriptionChange): RecurringGiftChange[] {
  const { canceled_at: asked, ended_at: ended } = subscription;
  const reason = endReasonOf(subscription);
  const undone =
    before?.canceled_at && !asked
      ? [note(subscription, { kind: "undone", at: dateFromUnix(before.canceled_at), by })]
      : [];
  return [
    ...undone,
    ...(asked && asked !== ended
      ? [note(subscription, { kind: "cancelled", at: dateFromUnix(asked), reason, by })]
      : []),
    ...(ended ? [note(subscription, { kind: "ended", at: dateFromUnix(ended), reason, by })] : []),
  ];
}

const NO_VALUES = {
  ...{ money: null, beforeMinor: null, frequency: null, beforeFrequency: null },
  ...{ until: null, reason: null },
};

function note(
  { id }: Stripe.Subscription,
  {
    kind,
    at,
    reason = null,
    by,
  }: { kind: RecurringGiftChangeKind; at: Date; reason?: string | null; by: GiftChangeAuthor | null },
): RecurringGiftChange {
  return { ...NO_VALUES, key: `${kind}:${id}:${at.getTime() / 1000}`, kind, reason, by, notedAt: at };
}
