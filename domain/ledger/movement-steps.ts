import type { RecurringGift, RecurringMovement } from "../../generated/sqlite/client";

/**
 * `overdue`: a renewal failed. `caught-up`: the failed renewal was paid before the gift counted as lost. These two do
 * not change the gift's value.
 */
export type RecurringMovementKind =
  | ("new" | "returned" | "grown" | "shrunk" | "paused" | "resumed" | "lost" | "recovered")
  | ("overdue" | "caught-up");
export type RecurringMovementWithKind = Omit<RecurringMovement, "kind"> & { kind: RecurringMovementKind };

/** An overdue gift counts as lost after this many days, or as soon as Stripe stops charging it. */
export const LOST_AFTER_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

type MovedGift = Pick<RecurringGift, "subscriptionId" | "currency" | "supporterKind">;
export type GiftHistoryStepKind = "repriced" | "paused" | "resumed" | "overdue" | "caught-up" | "given-up" | "ended";
export type GiftHistoryStep = { at: Date; kind: GiftHistoryStepKind; yearMinor?: bigint };
export type GiftReplayState = {
  gift: MovedGift;
  movements: RecurringMovementWithKind[];
  yearMinor: bigint;
  isPaused: boolean;
  isLost: boolean;
  overdueSince: Date | null;
  /**
   * Since when the gift's payment is overdue. Unlike `overdueSince`, this date stays set after the gift counts as lost.
   */
  overdueSinceEvenIfLost: Date | null;
  at: Date;
};

export function beginGiftHistoryReplay(
  gift: MovedGift,
  { at, yearMinor }: { at: Date; yearMinor: bigint },
): GiftReplayState {
  const state: GiftReplayState = {
    ...{ gift, movements: [], yearMinor, at },
    ...{ isPaused: false, isLost: false, overdueSince: null, overdueSinceEvenIfLost: null },
  };
  move(state, gift.supporterKind === "returning" ? "returned" : "new", yearMinor);
  return state;
}

export function applyHistoryStep(state: GiftReplayState, { at, kind, yearMinor = 0n }: GiftHistoryStep): void {
  markLostIfOverdueTooLong(state, at);
  state.at = laterOf(state.at, at);
  TAKE[kind](state, yearMinor);
}

const TAKE: Record<GiftHistoryStepKind, (state: GiftReplayState, yearMinor: bigint) => void> = {
  repriced(state, yearMinor) {
    const change = yearMinor - state.yearMinor;
    state.yearMinor = yearMinor;
    if (change !== 0n && !state.isPaused && !state.isLost) move(state, change > 0n ? "grown" : "shrunk", change);
  },
  paused(state) {
    if (state.isPaused) return;
    if (!state.isLost) move(state, "paused", -worth(state));
    state.isPaused = true;
    state.overdueSince = null;
    if (!state.isLost) state.overdueSinceEvenIfLost = null;
  },
  resumed(state) {
    if (!state.isPaused) return;
    state.isPaused = false;
    if (!state.isLost) move(state, "resumed", worth(state));
  },
  overdue(state) {
    if (state.isPaused || state.isLost || state.overdueSince) return;
    state.overdueSince = state.overdueSinceEvenIfLost = state.at;
    move(state, "overdue", 0n);
  },
  "caught-up"(state) {
    const { isLost, overdueSince } = state;
    Object.assign(state, { isLost: false, overdueSince: null, overdueSinceEvenIfLost: null });
    if (isLost) move(state, "recovered", worth(state));
    else if (overdueSince) move(state, "caught-up", 0n);
  },
  "given-up"(state) {
    state.overdueSinceEvenIfLost ??= state.at;
    lose(state);
  },
  ended: lose,
};

/**
 * Marks an overdue gift as lost if LOST_AFTER_DAYS have passed before the next step. `at`: the time of that step; null
 * if no step follows. The gift is then always marked as lost, even if the date of the loss is still in the future.
 */
export function markLostIfOverdueTooLong(state: GiftReplayState, at: Date | null): void {
  if (!state.overdueSince) return;
  const lostAt = new Date(state.overdueSince.getTime() + LOST_AFTER_DAYS * DAY_MS);
  if (at && at < lostAt) return;
  state.at = lostAt;
  lose(state);
}

function lose(state: GiftReplayState): void {
  if (state.isLost) return;
  move(state, "lost", -worth(state));
  state.isLost = true;
  state.overdueSince = null;
}

/** Returns the gift's current value per year, in minor units. The value is zero while the gift is paused or lost. */
function worth({ isPaused, isLost, yearMinor }: GiftReplayState): bigint {
  return isPaused || isLost ? 0n : yearMinor;
}

function move({ gift, movements, at }: GiftReplayState, kind: RecurringMovementKind, yearMinor: bigint): void {
  const { subscriptionId, currency } = gift;
  movements.push({ subscriptionId, position: movements.length, kind, movedAt: at, currency, yearMinor });
}

export function laterOf(a: Date, b: Date | null): Date {
  return b && b > a ? b : a;
}
