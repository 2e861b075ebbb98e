// Changes of a recurring gift by staff: the supporter's own verbs (systems/recurring-gifts.ts), with a request and an act before Stripe is
// asked, and the state read back afterwards. The supporter is mailed as for a change of their own.
import "server-only";
import { noteChange } from "../../domain/ledger/recurring-gifts";
import type { Money } from "../../domain/money";
import { ACT_OF, type GiftVerb, mayDo, shownStateOf, stateOf } from "../../domain/newsroom/people/gift-verbs";
import { askForGiftChange, endOpenRequest, type NewGiftChange } from "../../domain/newsroom/people/requests";
import { findGiftById } from "../../domain/newsroom/people/store/supporter";
import { type StaffRecurringGift, staffRecurringGift } from "../../domain/newsroom/people/supporter";
import { isPutOff } from "../../domain/supporters/pauses";
import { noteAct } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import {
  cancelRecurringGift,
  changeAmount,
  pauseRecurringGift,
  putOffPayment,
  resumeRecurringGift,
} from "../recurring-gifts";
import { askStripe } from "../stripe/ask";
import { wakeJobs } from "../wake-jobs";
import { awaitAnswer } from "./await-answer";

type Sent = Omit<NewGiftChange, "now" | "kind"> & { verb: GiftVerb; shown: string };

/**
 * `stale`: the gift has changed since the form was drawn · `not-possible`: its state does not allow the verb · `same`: it has this amount
 * already · `under-way`: another change is being asked · `not-taken`: Stripe answered, and the gift is as it was.
 */
export type GiftOutcome = "done" | "failed" | "stale" | "not-possible" | "same" | "under-way" | "not-taken";

export async function findStaffGift(db: Db, id: string): Promise<StaffRecurringGift | null> {
  const row = await findGiftById(db, id);
  return row && staffRecurringGift(row);
}

export async function changeGift(db: Db, { verb, shown, ...sent }: Sent): Promise<GiftOutcome> {
  const gift = await findStaffGift(db, sent.recurringGiftId);
  if (!gift) return "not-possible";
  const asked = await db.$transaction((tx) => askForGiftChange(tx, { ...sent, kind: verb, now: currentTime() }));
  if (asked.kind === "known") return OUTCOMES[(await awaitAnswer(db, asked.request)).status] ?? "under-way";
  if (asked.kind === "refused") return "under-way";
  const block = whyNot(gift, { verb, shown, money: sent.money });
  if (block) {
    await end(db, sent.id, { status: "declined" });
    return block;
  }
  await noteAsked(db, { gift, verb, ...sent });
  const answer = await askStripe(() => carryOut(db, gift, { verb, ...sent }), { about: { recurringGift: gift.id } });
  const after = (await findStaffGift(db, gift.id)) ?? gift;
  const outcome = answer === "failed" ? "failed" : shownStateOf(after) === shownStateOf(gift) ? "not-taken" : "done";
  await end(db, sent.id, { status: outcome === "done" ? "done" : outcome === "failed" ? "unanswered" : "refused" });
  if (outcome !== "done") await noteUnchanged(db, { gift, verb, outcome, ...sent });
  return outcome;
}

/** If the form was sent before, its request's status gives the outcome. */
const OUTCOMES: Record<string, GiftOutcome> = {
  done: "done",
  unanswered: "failed",
  refused: "not-taken",
  declined: "stale",
};

function whyNot(gift: StaffRecurringGift, { verb, shown, money }: Pick<Sent, "verb" | "shown" | "money">) {
  if (shownStateOf(gift) !== shown) return "stale";
  if (!mayDo(verb, gift)) return "not-possible";
  return verb === "amount" && money?.amountMinor === gift.money?.amountMinor ? "same" : null;
}

async function carryOut(
  db: Db,
  gift: StaffRecurringGift,
  { verb, id, recurringGiftId, money, months }: Omit<Sent, "shown">,
): Promise<void> {
  const target = { recurringGiftId, key: `staff:${id}` };
  switch (verb) {
    case "amount":
      // Colleagues type the whole amount: nothing of it is for the card fee.
      return changeAmount(db, { ...target, money: money as Money, coveredFeeMinor: 0 });
    case "pause":
      return pause(db, gift, { ...target, months: months as number });
    case "resume":
      return resumeRecurringGift(db, target);
    case "cancel":
      return cancelRecurringGift(db, target);
  }
}

/** The next payment of a gift that is charged less often than every month is put off instead. */
async function pause(
  db: Db,
  gift: StaffRecurringGift,
  target: { recurringGiftId: string; key: string; months: number },
): Promise<void> {
  if (!isPutOff(gift)) return pauseRecurringGift(db, target);
  if (gift.paidUntil) await putOffPayment(db, { ...target, shown: gift.paidUntil });
}

type Noted = Pick<Sent, "verb" | "colleague" | "why" | "money" | "months" | "id"> & { gift: StaffRecurringGift };

/** Writes the act before Stripe is asked, so that the log never lacks what Stripe did. */
async function noteAsked(db: Db, { gift, verb, colleague, why, money, months, id }: Noted): Promise<void> {
  const to = {
    ...(money ? { amountMinor: money.amountMinor, currency: money.currency } : {}),
    ...(months ? { months } : {}),
  };
  const act = { colleague, kind: ACT_OF[verb], about: `recurring-gift:${gift.id}`, before: stateOf(gift) } as const;
  const after = { ...to, why: why.why, request: id };
  await db.$transaction((tx) => noteAct(tx, { ...act, after, ...(why.words ? { reason: why.words } : {}) }));
}

/**
 * Notes that Stripe refused, or did not answer in time. In the second case it may have made the change, so the jobs ask for the gift's
 * state.
 */
async function noteUnchanged(
  db: Db,
  { gift, verb, colleague, outcome, id }: Noted & { outcome: GiftOutcome },
): Promise<void> {
  const act = { colleague, kind: "gift-unchanged", about: `recurring-gift:${gift.id}` } as const;
  await db.$transaction((tx) => noteAct(tx, { ...act, after: { wish: verb, outcome, request: id } }));
  await noteChange(db, { id: gift.id, now: currentTime() });
  wakeJobs();
}

function end(db: Db, id: string, { status }: { status: "done" | "refused" | "unanswered" | "declined" }) {
  return db.$transaction((tx) => endOpenRequest(tx, { id, status, now: currentTime() }));
}
