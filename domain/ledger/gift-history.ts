// Derives a recurring gift's movements from its row and its recorded changes. Uses Stripe's times, so the result does
// not depend on the order of events. docs/figures.md explains each kind of movement to staff. If you edit a kind here,
// edit its explanation there, too.
import type { RecurringGift, RecurringNote } from "../../generated/sqlite/client";
import { firstPeriodEndFrom, parseBillingInterval, yearlyValueMinor } from "../giving/frequency";
import {
  applyHistoryStep,
  beginGiftHistoryReplay,
  type GiftHistoryStep,
  type GiftHistoryStepKind,
  type GiftReplayState,
  laterOf,
  markLostIfOverdueTooLong,
  type RecurringMovementWithKind,
} from "./movement-steps";

type HistoryGift = Pick<
  RecurringGift,
  "subscriptionId" | "status" | "amountMinor" | "currency" | "frequency" | "startedAt" | "endedAt" | "supporterKind"
>;
export type RecurringGiftHistory = {
  gift: HistoryGift;
  notes: readonly RecurringNote[];
  /**
   * The time of the last payment, from which the start of an unrecorded pause or debt is estimated. Needed only if
   * historyNeedsLastPaidAt() returns true.
   */
  lastPaidAt: Date | null;
};

export type DerivedRecurringMovements = {
  /** Empty if the gift has not begun, or its first payment never arrived. */
  movements: RecurringMovementWithKind[];
  /** The time since which the gift has owed a payment; null if it owes nothing. */
  overdueSince: Date | null;
};

/**
 * The order of steps in a gift's history that happened at the same time. Steps that improve the gift's state come
 * first. The step that ends the gift comes last.
 */
const ORDER: GiftHistoryStepKind[] = ["repriced", "resumed", "caught-up", "overdue", "paused", "given-up", "ended"];

export function deriveRecurringMovements(history: RecurringGiftHistory): DerivedRecurringMovements {
  const { gift, notes } = history;
  const startAt = startOf(gift, notes);
  if (!startAt) return { movements: [], overdueSince: null };
  const { first, repricings } = termsOf(gift, notes);
  const steps = [...repricings, ...notes.flatMap(stepOf)].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  );
  const state = beginGiftHistoryReplay(gift, { at: startAt, yearMinor: first });
  for (const step of steps) if (!gift.endedAt || step.at <= gift.endedAt) applyHistoryStep(state, step);
  for (const step of undatedSteps(history, state)) applyHistoryStep(state, step);
  if (gift.endedAt) applyHistoryStep(state, { at: gift.endedAt, kind: "ended" });
  else markLostIfOverdueTooLong(state, null);
  return { movements: state.movements, overdueSince: owesNow(gift) ? state.overdueSinceEvenIfLost : null };
}

function owesNow({ status }: HistoryGift): boolean {
  return status === "past_due" || status === "unpaid";
}

export function historyNeedsLastPaidAt({ status }: Pick<RecurringGift, "status">): boolean {
  return status === "paused" || status === "past_due" || status === "unpaid";
}

function startOf({ status, startedAt }: HistoryGift, notes: readonly RecurringNote[]): Date | null {
  const started = notes.find(({ kind }) => kind === "started");
  if (status === "starting" || (status === "canceled" && !started)) return null;
  return startedAt ?? started?.notedAt ?? null;
}

/**
 * Returns the gift's first value and its later changes. A `repriced` note contains only the value before the change.
 * The value after the change comes from the next note, or from the gift's row.
 */
function termsOf(gift: HistoryGift, notes: readonly RecurringNote[]): { first: bigint; repricings: GiftHistoryStep[] } {
  const changes = notes
    .filter(({ kind }) => kind === "repriced")
    .sort((a, b) => a.notedAt.getTime() - b.notedAt.getTime() || (a.key < b.key ? -1 : 1));
  const values = [...changes.map(valueBefore), yearlyValueMinor(gift)];
  const repricings = changes.map(({ notedAt: at }, n) => ({
    at,
    kind: "repriced" as const,
    yearMinor: values[n + 1] ?? 0n,
  }));
  return { first: values[0] ?? 0n, repricings };
}

function valueBefore({ beforeMinor, beforeFrequency }: RecurringNote): bigint {
  return yearlyValueMinor({ amountMinor: beforeMinor ?? 0n, frequency: beforeFrequency ?? "monthly" });
}

function stepOf({ kind, notedAt: at }: RecurringNote): GiftHistoryStep[] {
  const step = ORDER.find((each) => each === kind);
  return step && step !== "repriced" && step !== "ended" ? [{ at, kind: step }] : [];
}

/**
 * Returns the steps that must have happened, because of the gift's status, but were not recorded. Stripe does not
 * always report when a pause or a debt began. The dates of these steps are estimated from the last recorded step or
 * payment, or from the day when the next payment was due.
 */
function undatedSteps(
  { gift, lastPaidAt }: RecurringGiftHistory,
  { isPaused, isLost, overdueSince, at }: GiftReplayState,
): GiftHistoryStep[] {
  const paidAt = laterOf(at, lastPaidAt);
  const dueAt = laterOf(at, laterOf(nextPeriod(gift, lastPaidAt ?? at), overdueSince));
  const owes = isLost || overdueSince !== null;
  const resumed: GiftHistoryStep[] = isPaused ? [{ at, kind: "resumed" }] : [];
  switch (gift.status) {
    case "paused":
      return isPaused ? [] : [{ at: paidAt, kind: "paused" }];
    case "active":
      return [...resumed, ...(owes ? [{ at, kind: "caught-up" as const }] : [])];
    case "past_due":
      return [...resumed, ...(owes ? [] : [{ at: dueAt, kind: "overdue" as const }])];
    case "unpaid":
      return [...resumed, ...(isLost ? [] : [{ at: owes ? at : dueAt, kind: "given-up" as const }])];
    default:
      return [];
  }
}

function nextPeriod({ frequency }: HistoryGift, paidAt: Date): Date {
  const billingInterval = parseBillingInterval(frequency);
  const from = new Date(paidAt.getTime() + 1);
  return billingInterval
    ? firstPeriodEndFrom({ end: paidAt, dayOfMonth: paidAt.getUTCDate(), billingInterval, from })
    : paidAt;
}
