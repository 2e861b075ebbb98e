// An experiment: variants of one appeal, each shown to a share of devices. Its plan is stated before the first device sees a variant, and
// never changes afterwards.
import type { Currency } from "../currencies";

/** The arm whose devices see no banner. At the end of an article they see the first variant. */
export const HOLD_OUT = "hold-out";

/** A device's gifts count if they are made within this number of days after it was first shown its arm. */
export const GIFT_WINDOW_DAYS = 30;
/** The number of days after GIFT_WINDOW_DAYS in which refunds, disputes and bank debits may still change a value. Then it is final. */
export const SETTLING_DAYS = 14;

/** `share`: the percentage of devices. */
export type Arm = { arm: string; share: number };

export type ExperimentPlan = {
  appeal: string;
  /** The other arms are compared with the first one. The hold-out, if there is one, comes last. */
  arms: readonly Arm[];
  /** The currency in which values are counted. */
  currency: Currency;
  /** The value of one unit of each other currency in `currency`, as a decimal. Gifts in currencies without a rate count as zero. */
  rates: Readonly<Partial<Record<Currency, string>>>;
  /** The maximum value that one device can have. */
  capMinor: number;
  /** The number of devices at which the confidence interval is tuned to be narrowest. */
  plannedReaders: number;
  /** The smallest difference per reader that is worth finding, in minor units. May be a fraction. */
  smallestEffectMinor: number;
  /** The last day on which new devices join, as days since 1970 in UTC. */
  lastDay: number;
};

export type Experiment = ExperimentPlan & {
  id: string;
  name: string;
  createdAt: Date;
  /** Null for a draft. */
  startedAt: Date | null;
  /** When staff ended the experiment early; otherwise null. */
  endedAt: Date | null;
};

/**
 * `following`: no new devices join; those in the experiment keep their arm for the rest of their window. `settling`: the windows are over,
 * but refunds and disputes may still change the values.
 */
export type ExperimentPhase = "draft" | "running" | "following" | "settling" | "over";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days since 1970 in UTC. Experiments count devices and payments by this day. */
export function dayNumberOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

export function dateOfDay(day: number): Date {
  return new Date(day * DAY_MS);
}

type Span = Pick<Experiment, "startedAt" | "endedAt" | "lastDay">;

export function experimentPhaseOf({ startedAt, endedAt, lastDay }: Span, now: Date): ExperimentPhase {
  if (!startedAt) return "draft";
  const today = dayNumberOf(now);
  if (today >= dayWhenFinal(lastDayEverCounted({ endedAt, lastDay }))) return "over";
  if (endedAt) return "settling";
  if (today <= lastDay) return "running";
  return today < lastDay + GIFT_WINDOW_DAYS ? "following" : "settling";
}

/** The first day on which the value of a device that joined on `day` is final. */
export function dayWhenFinal(day: number): number {
  return day + GIFT_WINDOW_DAYS + SETTLING_DAYS;
}

/** The last day whose devices are ever counted. If staff end the experiment early, devices whose window is still open then never count. */
export function lastDayEverCounted({ endedAt, lastDay }: Pick<Span, "endedAt" | "lastDay">): number {
  return endedAt ? Math.min(lastDay, dayNumberOf(endedAt) - GIFT_WINDOW_DAYS) : lastDay;
}

/** The last day whose devices are counted at a look: their window and the time for refunds and disputes are over. */
export function lastFinalDayAt(span: Pick<Span, "endedAt" | "lastDay">, now: Date): number {
  return Math.min(lastDayEverCounted(span), dayNumberOf(now) - GIFT_WINDOW_DAYS - SETTLING_DAYS);
}
