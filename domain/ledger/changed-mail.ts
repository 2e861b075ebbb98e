import type { RecurringGift } from "../../generated/sqlite/client";
import { chargeTimeFor } from "../giving/charge-day";
import { type RecurringFrequency, withDayOfMonth } from "../giving/frequency";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import { type GiftChangedMailValues, type MailedGiftChangeKind, queueMail, type RecurringGiftTerms } from "./outbox";
import { findMailAddress } from "./store/supporters";

/**
 * A change of a recurring gift. `periodStartedAt`: the start of the current period, as Stripe reported it.
 * `isMadeHere`: true if somebody has just made the change with a button on this site.
 */
type Changed = { after: RecurringGift; periodStartedAt?: Date | null; isMadeHere?: boolean };

export async function queueGiftChangedMail(
  context: LedgerContext,
  { before, ...changed }: Changed & { before: RecurringGift },
): Promise<void> {
  const { after } = changed;
  const change = findGiftChangeToMail(before, changed);
  if (change) await queue(context, { change, before, after, factKey: factKeyOf(change, after) });
  if (isOtherCard(before, after))
    await queue(context, {
      change: "card",
      before,
      after,
      factKey: `changed:${after.id}:card:${after.paymentMethodId}`,
    });
}

type MailedChange = { change: MailedGiftChangeKind; before: RecurringGift; after: RecurringGift; factKey: string };

async function queue(
  { tx, now, silent }: LedgerContext,
  { change, before, after, factKey }: MailedChange,
): Promise<void> {
  if (silent || !after.supporterId) return;
  const to = await findMailAddress(tx, after.supporterId);
  if (!to) return;
  const values: GiftChangedMailValues = {
    recurringGiftId: after.id,
    subscriptionId: after.subscriptionId,
    change,
    before: terms(before),
    after: terms(after),
    resumesAt: iso(after.resumesAt),
    endsAt: iso(after.endedAt ?? after.cancelAt),
  };
  await queueMail(tx, { kind: "changed", factKey, to, now, values });
}

/**
 * Returns the `factKey` of the e-mail about a change from findGiftChangeToMail(). For the end of a gift, the key is
 * always the same, because both an event and a fetch can report it. For any other change, the key contains
 * `changesFetched`, which is higher after each fetch.
 */
function factKeyOf(change: MailedGiftChangeKind, { id, changesFetched }: RecurringGift): string {
  return change === "ended" ? `changed:${id}:ended` : `changed:${id}:${changesFetched}`;
}

/**
 * Returns the change about which the supporter gets an e-mail, or null. No such e-mail is sent about a renewal, a
 * failed payment or the first state of a new gift. The end of a gift that was cancelled earlier also causes none. Does
 * not look for changes of the card: isOtherCard() finds those.
 */
export function findGiftChangeToMail(before: RecurringGift, changed: Changed): MailedGiftChangeKind | null {
  const { after } = changed;
  if (before.changesFetched === 0 || before.status === "starting" || before.status === "canceled") return null;
  if (after.status === "canceled")
    return after.endReason === "cancellation_requested" && !before.cancelAt ? "ended" : null;
  if (!before.cancelAt && after.cancelAt) return "cancelled";
  if (before.cancelAt && !after.cancelAt) return "undone";
  if (after.status === "paused" && !(before.status === "paused" && sameTime(before.resumesAt, after.resumesAt)))
    return "paused";
  if (before.status === "paused" && after.status !== "paused") return isResumed(before, changed) ? "resumed" : null;
  if (before.unusual !== null || after.unusual !== null) return null;
  if (before.frequency !== after.frequency) return "frequency";
  if (before.amountMinor !== after.amountMinor) return "amount";
  return isMoved(before, changed) ? "date" : null;
}

/**
 * Returns true if another card or bank account is charged now. Returns false if the bank has replaced the card, which
 * keeps its id. Also returns false if the gift has ended, or the old or new id is unknown.
 */
function isOtherCard({ paymentMethodId: old }: RecurringGift, { paymentMethodId, status }: RecurringGift): boolean {
  return status !== "canceled" && old !== null && paymentMethodId !== null && old !== paymentMethodId;
}

/**
 * Returns true if somebody ended the pause. Returns false if the pause ended by itself. In that case the next charge
 * still has its planned time, or the period of the planned charge has already begun.
 */
function isResumed({ resumesAt, chargesNextAt: planned }: RecurringGift, changed: Changed): boolean {
  const { after, periodStartedAt, isMadeHere } = changed;
  if (isMadeHere || !resumesAt || !planned) return true;
  const hasBegun = periodStartedAt && chargeTimeFor(periodStartedAt) >= planned;
  return !hasBegun && !sameTime(planned, after.chargesNextAt);
}

/**
 * Returns true if somebody moved the next payment. Returns false if its date changed only because the gift was renewed.
 * After a renewal, the new period begins when the previous one ended. After a move, it begins earlier.
 */
function isMoved({ nextPaymentAt: end, chargeDay }: RecurringGift, { after, periodStartedAt }: Changed): boolean {
  if (!end || !after.nextPaymentAt || sameTime(end, after.nextPaymentAt)) return false;
  if (periodStartedAt && periodStartedAt >= end) return false;
  // After a short month (such as February for the 31st), the site itself moves the payment back to the gift's usual
  // day. This is not a move by somebody.
  const isReturned = chargeDay !== null && chargeDay === after.chargeDay;
  return !(isReturned && sameTime(withDayOfMonth(end, chargeDay), after.nextPaymentAt));
}

function terms({ amountMinor, currency, frequency, unusual, chargesNextAt }: RecurringGift): RecurringGiftTerms {
  const isKnown = unusual === null || amountMinor > 0n;
  return {
    money: isKnown ? moneyOf(amountMinor, currency) : null,
    frequency: frequency as RecurringFrequency,
    chargesNextAt: iso(chargesNextAt),
  };
}

function sameTime(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
