// Reads the changes of a recurring gift from one event. A note's key consists of Stripe's ids and times, so that a repeated event,
// or a second event for the same change, adds nothing. A supporter's own comment stays at Stripe.
import "server-only";
import type Stripe from "stripe";
import type { RecurringNote, RecurringNoteKind } from "../../../domain/ledger/fact";
import { currencyFromStripe } from "../../../domain/money";
import { amountOf, isPlain } from "../subscription-terms";
import { fromUnix } from "./ids";

type Before = Partial<Stripe.Subscription> | undefined;

/** `before`: the event's previous attributes; undefined if we fetched the subscription ourselves. */
export function recurringNotes(
  subscription: Stripe.Subscription,
  { before, reportedAt }: { before: Before; reportedAt: Date },
): RecurringNote[] {
  return [...amounts(subscription), ...pauses(subscription, { before, reportedAt }), ...ends(subscription, before)];
}

/** A note for each price: a new amount is a new price or quantity at Stripe. Tiered and metered prices have no single amount. */
function amounts({ id, items }: Stripe.Subscription): RecurringNote[] {
  return items.data.filter(isPlain).map((item) => {
    const { price, quantity = 1 } = item;
    const money = { amountMinor: amountOf(item), currency: currencyFromStripe(price.currency) };
    const key = `amount:${id}:${price.id}${quantity === 1 ? "" : `:x${quantity}`}`;
    return { key, kind: "amount", money, reason: null, notedAt: fromUnix(price.created) };
  });
}

function pauses(
  subscription: Stripe.Subscription,
  { before, reportedAt }: { before: Before; reportedAt: Date },
): RecurringNote[] {
  if (!before || !("pause_collection" in before)) return [];
  const kind = subscription.pause_collection ? "paused" : "resumed";
  return [note(subscription, { kind, at: reportedAt })];
}

function ends(subscription: Stripe.Subscription, before: Before): RecurringNote[] {
  const { canceled_at: asked, ended_at: ended } = subscription;
  const reason = subscription.cancellation_details?.reason ?? null;
  const undone =
    before?.canceled_at && !asked ? [note(subscription, { kind: "undone", at: fromUnix(before.canceled_at) })] : [];
  return [
    ...undone,
    ...(asked && asked !== ended ? [note(subscription, { kind: "cancelled", at: fromUnix(asked), reason })] : []),
    ...(ended ? [note(subscription, { kind: "ended", at: fromUnix(ended), reason })] : []),
  ];
}

function note(
  { id }: Stripe.Subscription,
  { kind, at, reason = null }: { kind: RecurringNoteKind; at: Date; reason?: string | null },
): RecurringNote {
  return { key: `${kind}:${id}:${at.getTime() / 1000}`, kind, money: null, reason, notedAt: at };
}
