// The changes that staff can make to a recurring gift. The same rules apply as for the supporter themselves.
import { parseGiftAmount } from "../../giving/gift-form";
import type { Money } from "../../money";
import type { PublicationGiftLimits } from "../../publication";
import { mayCancel, mayChangeAmount, type OwnRecurringGift } from "../../supporters/own-recurring-gifts";
import { listPauseLengthsInMonths, mayPause, mayResume, parsePauseMonths } from "../../supporters/pauses";
import type { StaffActKind } from "../staff/acts";

export const STAFF_GIFT_CHANGE_ACTIONS = ["amount", "pause", "resume", "cancel"] as const;
export type StaffGiftChangeAction = (typeof STAFF_GIFT_CHANGE_ACTIONS)[number];

export function parseStaffGiftChangeAction(text: string): StaffGiftChangeAction | null {
  return STAFF_GIFT_CHANGE_ACTIONS.find((verb) => verb === text) ?? null;
}

const MAY: Record<StaffGiftChangeAction, (gift: OwnRecurringGift) => boolean> = {
  amount: mayChangeAmount,
  pause: mayPause,
  resume: mayResume,
  cancel: mayCancel,
};

/** `not-taken`: Stripe responded, but the gift is unchanged. */
export const UNCONFIRMED_GIFT_CHANGE_OUTCOMES = ["failed", "not-taken"] as const;
export type UnconfirmedGiftChangeOutcome = (typeof UNCONFIRMED_GIFT_CHANGE_OUTCOMES)[number];

export function mayChangeGift(verb: StaffGiftChangeAction, gift: OwnRecurringGift): boolean {
  return MAY[verb](gift);
}

export const STAFF_ACT_KIND_OF_GIFT_CHANGE = {
  amount: "gift-amount-changed",
  pause: "gift-paused",
  resume: "gift-resumed",
  cancel: "gift-cancelled",
} as const satisfies Record<StaffGiftChangeAction, StaffActKind>;

/**
 * Returns a text that is different after every change of the gift's standing, amount or dates. A form that was rendered
 * with another text is refused.
 */
export function giftStateFingerprint({ standing, money, periodEndsAt, resumesAt, endsAt }: OwnRecurringGift): string {
  const days = [periodEndsAt, resumesAt, endsAt].map((day) => day?.toISOString() ?? "");
  return [standing, money?.amountMinor ?? "", ...days].join("|");
}

export function giftStateForAuditLog({ standing, money, chargesNextAt, resumesAt, endsAt }: OwnRecurringGift) {
  const day = (date: Date | null) => date?.toISOString() ?? null;
  return {
    standing,
    amountMinor: money?.amountMinor ?? null,
    currency: money?.currency ?? null,
    nextPaymentAt: day(chargesNextAt),
    resumesAt: day(resumesAt),
    endsAt: day(endsAt),
  };
}

type Typed = { verb: StaffGiftChangeAction; gift: OwnRecurringGift; amount: string; months: string; now: Date };

/**
 * Reads the new amount or the length of the pause. Returns null if the text is invalid, or the site does not accept the
 * amount or the length.
 */
export function parseNewAmountOrPauseMonths(
  { verb, gift, amount, months: text, now }: Typed,
  publication: PublicationGiftLimits,
): { money: Money | null; months: number | null } | null {
  const parsed = verb === "amount" ? parseGiftAmount({ text: amount, currency: gift.currency, publication }) : null;
  if (parsed?.kind === "refused") return null;
  const months = verb === "pause" ? parsePauseMonths(text) : null;
  const isPossible = months !== null && listPauseLengthsInMonths(gift, now).includes(months);
  if (verb === "pause" && !isPossible) return null;
  return { money: parsed?.money ?? null, months };
}
