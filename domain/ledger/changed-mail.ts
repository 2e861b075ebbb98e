// Queues the mail about a changed recurring gift: its terms before and now, and the day of the next charge. It compares the gift's row
// before and after Stripe's answer, so one mail is queued, no matter who made the change or fetched it.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { RecurringFrequency } from "../giving/frequency";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import { type ChangedValues, type GiftChange, queueMail, type TermsValues } from "./outbox";
import { findMailAddress } from "./store/supporters";

/** Stripe's clock may be ahead of ours: a renewal must not look like a moved day. */
const CLOCK_MARGIN_MS = 60 * 60 * 1000;

export async function queueChangedMail(
  { tx, now, silent }: LedgerContext,
  { before, after }: { before: RecurringGift; after: RecurringGift },
): Promise<void> {
  const change = changeOf(before, { after, now });
  if (silent || !change || !after.supporterId) return;
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
  await queueMail(tx, { kind: "changed", factKey: factKeyOf(change, after), to, now, values });
}

/** A gift ends once, though an event and a fetch may both report it. Any other change is named by the number of the fetch that found it. */
function factKeyOf(change: GiftChange, { id, changesFetched }: RecurringGift): string {
  return change === "ended" ? `changed:${id}:ended` : `changed:${id}:${changesFetched}`;
}

/**
 * Null for differences that nobody caused: a renewal, a failed payment, a pause or a gift that ends on its day, and the first answer
 * about a new gift.
 */
export function changeOf(
  before: RecurringGift,
  { after, now }: { after: RecurringGift; now: Date },
): GiftChange | null {
  if (before.changesFetched === 0 || before.status === "starting" || before.status === "canceled") return null;
  if (after.status === "canceled")
    return after.endReason === "cancellation_requested" && !before.cancelAt ? "ended" : null;
  if (!before.cancelAt && after.cancelAt) return "cancelled";
  if (before.cancelAt && !after.cancelAt) return "undone";
  if (after.status === "paused" && !(before.status === "paused" && sameTime(before.resumesAt, after.resumesAt)))
    return "paused";
  if (before.status === "paused" && after.status !== "paused" && !(before.resumesAt && before.resumesAt <= now))
    return "resumed";
  if (before.unusual !== null || after.unusual !== null) return null;
  if (before.frequency !== after.frequency) return "frequency";
  if (before.amountMinor !== after.amountMinor) return "amount";
  const isRenewal = !before.nextPaymentAt || before.nextPaymentAt.getTime() <= now.getTime() + CLOCK_MARGIN_MS;
  return !isRenewal && !sameTime(before.nextPaymentAt, after.nextPaymentAt) ? "date" : null;
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
