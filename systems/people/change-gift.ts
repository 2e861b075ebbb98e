// Changes a recurring gift for a colleague. The changes are the same as the supporter's own
// (systems/recurring-gifts.ts). Before the site calls Stripe, it also stores the colleague's request and an audit log
// entry.
import "server-only";
import { requestRecurringGiftFetch } from "../../domain/ledger/recurring-gifts";
import type { Money } from "../../domain/money";
import {
  endRequestFromColleagueAwaitingStripe,
  type NewGiftChangeRequestFromColleague,
  storeGiftChangeRequestFromColleague,
} from "../../domain/newsroom/people/requests-from-colleagues";
import {
  giftStateFingerprint,
  giftStateForAuditLog,
  mayChangeGift,
  STAFF_ACT_KIND_OF_GIFT_CHANGE,
  type StaffGiftChangeAction,
  type UnconfirmedGiftChangeOutcome,
} from "../../domain/newsroom/people/staff-gift-changes";
import { findRecurringGiftById } from "../../domain/newsroom/people/store/supporter";
import { type RecurringGiftForStaff, recurringGiftForStaff } from "../../domain/newsroom/people/supporter";
import { hasPeriodOverOneMonth } from "../../domain/supporters/pauses";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import {
  cancelRecurringGift,
  changeGiftAmount,
  pauseRecurringGift,
  putOffPayment,
  resumeRecurringGift,
} from "../recurring-gifts";
import { tryStripeCall } from "../stripe/ask";
import { runBackgroundJobsSoon } from "../wake-jobs";
import { waitForStripesAnswer } from "./await-answer";

type Sent = Omit<NewGiftChangeRequestFromColleague, "now" | "kind"> & { verb: StaffGiftChangeAction; shown: string };

/**
 * - `stale`: the gift has changed since the form was rendered.
 * - `not-possible`: the gift's state does not allow the change.
 * - `same`: the gift already has this amount.
 * - `under-way`: another change is in progress.
 */
export type StaffGiftChangeOutcome =
  | "done"
  | "stale"
  | "not-possible"
  | "same"
  | "under-way"
  | UnconfirmedGiftChangeOutcome;

export async function findRecurringGiftForStaff(db: Db, id: string): Promise<RecurringGiftForStaff | null> {
  const row = await findRecurringGiftById(db, id);
  return row && recurringGiftForStaff(row);
}

export async function changeRecurringGiftForStaff(
  db: Db,
  { verb, shown, ...sent }: Sent,
): Promise<StaffGiftChangeOutcome> {
  const gift = await findRecurringGiftForStaff(db, sent.recurringGiftId);
  if (!gift) return "not-possible";
  const requested = await db.$transaction((tx) =>
    storeGiftChangeRequestFromColleague(tx, { ...sent, kind: verb, now: currentTime() }),
  );
  if (requested.kind === "known")
    return OUTCOMES[(await waitForStripesAnswer(db, requested.request)).status] ?? "under-way";
  if (requested.kind === "refused") return "under-way";
  const block = whyNot(gift, { verb, shown, money: sent.money });
  if (block) {
    await end(db, sent.id, { status: "declined" });
    return block;
  }
  await recordRequestedChange(db, { gift, verb, ...sent });
  const answer = await tryStripeCall(() => carryOut(db, gift, { verb, ...sent }), {
    about: { recurringGift: gift.id },
  });
  const after = (await findRecurringGiftForStaff(db, gift.id)) ?? gift;
  const outcome =
    answer === "failed" ? "failed" : giftStateFingerprint(after) === giftStateFingerprint(gift) ? "not-taken" : "done";
  await end(db, sent.id, { status: outcome === "done" ? "done" : outcome === "failed" ? "unanswered" : "refused" });
  if (outcome !== "done") await recordUnchangedGift(db, { gift, verb, outcome, ...sent });
  return outcome;
}

/**
 * The outcome for each status of a stored change request. If a colleague sends the same form twice, the second response
 * shows this outcome.
 */
const OUTCOMES: Record<string, StaffGiftChangeOutcome> = {
  done: "done",
  unanswered: "failed",
  refused: "not-taken",
  declined: "stale",
};

function whyNot(gift: RecurringGiftForStaff, { verb, shown, money }: Pick<Sent, "verb" | "shown" | "money">) {
  if (giftStateFingerprint(gift) !== shown) return "stale";
  if (!mayChangeGift(verb, gift)) return "not-possible";
  return verb === "amount" && money?.amountMinor === gift.money?.amountMinor ? "same" : null;
}

async function carryOut(
  db: Db,
  gift: RecurringGiftForStaff,
  { verb, id, recurringGiftId, money, months }: Omit<Sent, "shown">,
): Promise<void> {
  const target = { recurringGiftId, key: `staff:${id}` };
  switch (verb) {
    case "amount":
      // Colleagues type the whole amount, so no part of it covers the card fee.
      return changeGiftAmount(db, { ...target, money: money as Money, coveredFeeMinor: 0 });
    case "pause":
      return pause(db, gift, { ...target, months: months as number });
    case "resume":
      return resumeRecurringGift(db, target);
    case "cancel":
      return cancelRecurringGift(db, target);
  }
}

/** Pauses the gift. For a gift that is charged less often than monthly, postpones the next payment instead. */
async function pause(
  db: Db,
  gift: RecurringGiftForStaff,
  target: { recurringGiftId: string; key: string; months: number },
): Promise<void> {
  if (!hasPeriodOverOneMonth(gift)) return pauseRecurringGift(db, target);
  if (gift.periodEndsAt) await putOffPayment(db, { ...target, shownDate: gift.periodEndsAt });
}

type RecordedChange = Pick<Sent, "verb" | "colleague" | "why" | "money" | "months" | "id"> & {
  gift: RecurringGiftForStaff;
};

/**
 * Adds an audit log entry. Call it before Stripe is asked, so that the audit log contains every change that Stripe
 * makes.
 */
async function recordRequestedChange(
  db: Db,
  { gift, verb, colleague, why, money, months, id }: RecordedChange,
): Promise<void> {
  const to = {
    ...(money ? { amountMinor: money.amountMinor, currency: money.currency } : {}),
    ...(months ? { months } : {}),
  };
  const act = {
    colleague,
    kind: STAFF_ACT_KIND_OF_GIFT_CHANGE[verb],
    about: `recurring-gift:${gift.id}`,
    before: giftStateForAuditLog(gift),
  } as const;
  const after = { ...to, why: why.why, request: id };
  await db.$transaction((tx) =>
    recordActInAuditLog(tx, { ...act, after, ...(why.words ? { reason: why.words } : {}) }),
  );
}

/**
 * Records in the audit log that the change failed or had no effect. If Stripe did not respond, Stripe could still have
 * changed the gift. Therefore a background job fetches the gift's state.
 */
async function recordUnchangedGift(
  db: Db,
  { gift, verb, colleague, outcome, id }: RecordedChange & { outcome: UnconfirmedGiftChangeOutcome },
): Promise<void> {
  const act = { colleague, kind: "gift-unchanged", about: `recurring-gift:${gift.id}` } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, { ...act, after: { wish: verb, outcome, request: id } }));
  await requestRecurringGiftFetch(db, { id: gift.id, fetchAfter: currentTime() });
  runBackgroundJobsSoon();
}

function end(db: Db, id: string, { status }: { status: "done" | "refused" | "unanswered" | "declined" }) {
  return db.$transaction((tx) => endRequestFromColleagueAwaitingStripe(tx, { id, status, now: currentTime() }));
}
