// Generates the history of a recurring gift, with the movements that it causes. Shares no code with the ledger's own
// calculation of movements.
import type { RecurringFrequency } from "../../giving/frequency";
import type { RecurringGiftAtStripe, RecurringGiftChange, RecurringGiftChangeKind } from "../../ledger/fact";
import type { Money } from "../../money";
import type { newRandom } from "./chance";

const DAY = 86_400_000;
const PER_YEAR: Record<string, number> = { monthly: 12, yearly: 1, "every-3-month": 4, "every-1-week": 52 };
const LENGTH: Record<string, number> = { monthly: 30, yearly: 365, "every-3-month": 91, "every-1-week": 7 };
const FREQUENCIES = ["monthly", "monthly", "monthly", "yearly", "every-3-month", "every-1-week"] as const;

export type ExpectedRecurringMovement = {
  subscriptionId: string;
  kind: string;
  at: Date;
  currency: string;
  yearMinor: number;
};
type Wanted = {
  chance: ReturnType<typeof newRandom>;
  id: string;
  baseAmount: Money;
  startedAt: Date;
  until: Date;
};
type Status = "active" | "paused" | "past_due" | "unpaid" | "canceled";

export function simulateGiftHistory({ chance, id, baseAmount, startedAt, until }: Wanted) {
  const subscriptionId = `sub_${id}`;
  const notes: RecurringGiftChange[] = [];
  const movements: ExpectedRecurringMovement[] = [];
  const payments: { paidAt: Date; money: Money; frequency: RecurringFrequency }[] = [];
  let [money, frequency, status, at] = [
    baseAmount,
    chance.of(FREQUENCIES) as RecurringFrequency,
    "active" as Status,
    startedAt,
  ];
  let [isLost, endedAt, nextPayment] = [false, null as Date | null, startedAt.getTime()];
  const worth = () => money.amountMinor * (PER_YEAR[frequency] ?? 0);
  const move = (kind: string, yearMinor: number, when = at) =>
    movements.push({ subscriptionId, kind, at: when, currency: money.currency, yearMinor });
  const note = (kind: RecurringGiftChangeKind, more: Partial<RecurringGiftChange> = {}) => {
    const nothing = { money: null, beforeMinor: null, frequency: null, beforeFrequency: null, until: null };
    const key = `${kind}:${subscriptionId}:${at.getTime()}`;
    notes.push({ ...nothing, key, kind, by: "stripe", reason: null, notedAt: at, ...more });
  };
  const payUntil = (end: Date) => {
    for (; nextPayment < end.getTime(); nextPayment += (LENGTH[frequency] ?? 30) * DAY)
      payments.push({ paidAt: new Date(nextPayment), money, frequency });
  };
  const steps: Record<string, () => void> = {
    reprice() {
      const [before, beforeMinor, beforeFrequency] = [worth(), money.amountMinor, frequency];
      if (chance.isOneIn(4)) frequency = chance.of(FREQUENCIES);
      else money = { ...money, amountMinor: baseAmount.amountMinor * (1 + chance.below(4)) };
      if (beforeMinor === money.amountMinor && beforeFrequency === frequency) return;
      note("repriced", { money, frequency, beforeMinor, beforeFrequency });
      const change = worth() - before;
      if (status !== "paused" && change !== 0) move(change > 0 ? "grown" : "shrunk", change);
    },
    pause() {
      status = "paused";
      note("paused");
      move("paused", -worth());
    },
    resume() {
      status = "active";
      note("resumed");
      nextPayment = at.getTime() + 5 * DAY;
      move("resumed", worth());
    },
    fail() {
      status = "past_due";
      note("overdue");
      move("overdue", 0);
      const since = at;
      const days = 1 + chance.below(70);
      if (chance.isOneIn(4)) return giveUp(days);
      at = new Date(since.getTime() + days * DAY);
      if (days >= 30) lose(new Date(since.getTime() + 30 * DAY));
      if (at > until || chance.isOneIn(5)) {
        at = since;
        if (!isLost) lose(new Date(since.getTime() + 30 * DAY));
        status = "past_due";
      } else catchUp();
    },
    end() {
      status = "canceled";
      endedAt = at;
      note("ended");
      if (!isLost) move("lost", isPausedNow ? 0 : -worth());
    },
  };
  let isPausedNow = false;
  const lose = (when: Date) => {
    move("lost", -worth(), when);
    isLost = true;
  };
  const giveUp = (days: number) => {
    at = new Date(at.getTime() + Math.min(days, 20) * DAY);
    status = "unpaid";
    note("given-up");
    lose(at);
    if (chance.isOneIn(2)) return;
    at = new Date(at.getTime() + 12 * DAY);
    catchUp();
  };
  const catchUp = () => {
    status = "active";
    note("caught-up");
    move(isLost ? "recovered" : "caught-up", isLost ? worth() : 0);
    isLost = false;
    nextPayment = at.getTime();
  };
  note("started");
  move("new", worth());
  for (;;) {
    const next = new Date(at.getTime() + (15 + chance.below(120)) * DAY + chance.below(24) * 3_600_000);
    if (next > new Date(until.getTime() - 100 * DAY) || isLost) break;
    if (status === "active") payUntil(next);
    at = next;
    isPausedNow = status === "paused";
    const choices = isPausedNow
      ? ["resume", "resume", "end", "reprice"]
      : ["reprice", "reprice", "pause", "fail", "fail", "end"];
    steps[chance.of(choices)]?.();
    if (endedAt) break;
  }
  if (status === "active") payUntil(until);
  const chargesNextAt = status === "active" ? new Date(nextPayment) : null;
  const times = { startedAt, endedAt, chargesNextAt, nextPaymentAt: endedAt ? null : new Date(nextPayment) };
  const state: Partial<RecurringGiftAtStripe> & { subscriptionId: string } = {
    subscriptionId,
    money,
    frequency,
    status,
    ...times,
  };
  return { state, notes, movements, payments };
}
