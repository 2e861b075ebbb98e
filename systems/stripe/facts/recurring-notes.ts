// What one event says of a recurring gift's story. Keyed by Stripe's own ids and times, so that a repeated event, or two events
// for one change, tell it once; what a supporter wrote is left at Stripe.
import type Stripe from "stripe";
import type { RecurringNote, RecurringNoteKind } from "../../../domain/ledger/fact";
import { currencyFromStripe } from "../../../domain/money";
import { amountOf, isPlain } from "../subscription-terms";
import { fromUnix } from "./ids";

type Before = Partial<Stripe.Subscription> | undefined;

/** `before`: what the event says has changed; undefined where the subscription was asked for. */
export function recurringNotes(
  subscription: Stripe.Subscription,
  { before, reportedAt }: { before: Before; reportedAt: Date },
): RecurringNote[] {
  return [...amounts(subscription), ...pauses(subscription, { before, reportedAt }), ...ends(subscription, before)];
}

/** A new amount is a new price at Stripe, or another quantity of it. Prices in tiers or by usage have no amount to tell. */
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
