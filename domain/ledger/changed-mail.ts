// Queues the mail about a changed recurring gift: its terms before and now, and the day of the next charge. It compares the gift's row
// before and after Stripe's answer, so one mail is queued, no matter who made the change or fetched it.
import type { RecurringGift } from "../../generated/sqlite/client";
import { chargeAt } from "../giving/charge-day";
import { dayOfMonthIn, type RecurringFrequency } from "../giving/frequency";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import { type ChangedValues, type GiftChange, queueMail, type TermsValues } from "./outbox";
import { findMailAddress } from "./store/supporters";

/**
 * `periodStartedAt`: of the period after the change, by Stripe's clock. Ours may be ahead of it or behind · `isPressed`: somebody has just
 * pressed a button here.
 */
type Changed = { after: RecurringGift; periodStartedAt?: Date | null; isPressed?: boolean };

export async function queueChangedMail(
  context: LedgerContext,
  { before, ...changed }: Changed & { before: RecurringGift },
): Promise<void> {
  const { after } = changed;
  const change = changeOf(before, changed);
  if (change) await queue(context, { change, before, after, factKey: factKeyOf(change, after) });
  if (isOtherCard(before, after))
    await queue(context, {
      change: "card",
      before,
      after,
      factKey: `changed:${after.id}:card:${after.paymentMethodId}`,
    });
}

type Told = { change: GiftChange; before: RecurringGift; after: RecurringGift; factKey: string };

async function queue({ tx, now, silent }: LedgerContext, { change, before, after, factKey }: Told): Promise<void> {
  if (silent || !after.supporterId) return;
  const to = await findMailAddress(tx, after.supporterId);
  if (!to) return;
  const values: ChangedValues = {
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

/** A gift ends once, though an event and a fetch may both report it. Any other change is named by the number of the fetch that found it. */
function factKeyOf(change: GiftChange, { id, changesFetched }: RecurringGift): string {
  return change === "ended" ? `changed:${id}:ended` : `changed:${id}:${changesFetched}`;
}

/**
 * Null for differences that nobody caused: a renewal, a failed payment, a pause or a gift that ends on its day, and the first answer
 * about a new gift.
 */
export function changeOf(before: RecurringGift, changed: Changed): GiftChange | null {
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

/** A card that the bank has replaced keeps its id. A gift that has not been fetched has none yet. */
function isOtherCard({ paymentMethodId: old }: RecurringGift, { paymentMethodId, status }: RecurringGift): boolean {
  return status !== "canceled" && old !== null && paymentMethodId !== null && old !== paymentMethodId;
}

/** A pause that ended on its day leaves the next charge where it was announced, or that charge's period has begun. */
function isResumed({ resumesAt, chargesNextAt: planned }: RecurringGift, changed: Changed): boolean {
  const { after, periodStartedAt, isPressed } = changed;
  if (isPressed || !resumesAt || !planned) return true;
  const hasBegun = periodStartedAt && chargeAt(periodStartedAt) >= planned;
  return !hasBegun && !sameTime(planned, after.chargesNextAt);
}

/** A renewal's period begins where the last one ended. The period of a moved payment begins before that. */
function isMoved({ nextPaymentAt: end, chargeDay }: RecurringGift, { after, periodStartedAt }: Changed): boolean {
  if (!end || !after.nextPaymentAt || sameTime(end, after.nextPaymentAt)) return false;
  if (periodStartedAt && periodStartedAt >= end) return false;
  // The site itself returns a gift to its day after a month that lacks it (systems/stripe/move-payment.ts).
  const isReturned = chargeDay !== null && chargeDay === after.chargeDay;
  return !(isReturned && sameTime(dayOfMonthIn(end, chargeDay), after.nextPaymentAt));
}

function terms({ amountMinor, currency, frequency, unusual, chargesNextAt }: RecurringGift): TermsValues {
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
