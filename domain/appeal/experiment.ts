import type { Currency } from "../currencies";

/** The control group of an experiment: its devices see no banner, unless the reader asks for it. */
export const HOLD_OUT_ARM = "hold-out";

/**
 * A gift counts in the experiment only if the device gave within this number of days. The first of these days is the
 * day of the device's exposure.
 */
export const EXPERIMENT_GIFT_WINDOW_DAYS = 30;
/**
 * The number of days after EXPERIMENT_GIFT_WINDOW_DAYS in which refunds, disputes and bank debits can still change the
 * value of a device's gifts.
 */
export const GIFT_VALUE_SETTLING_DAYS = 14;

/** `arm`: a variant or HOLD_OUT_ARM. `share`: the percentage of devices in it. */
export type Arm = { arm: string; share: number };

export type ExperimentPlan = {
  appeal: string;
  /** The first is the one with which the others are compared. The hold-out, if the plan has one, is the last. */
  arms: readonly Arm[];
  currency: Currency;
  /**
   * The exchange rate of each other currency, as a decimal number: the value of one unit, in units of `currency`. Gifts
   * in a currency without a rate count as zero.
   */
  rates: Readonly<Partial<Record<Currency, string>>>;
  /**
   * The highest value that a device can have, in minor units of `currency`. If a device's gifts are worth more, their
   * value counts only as `capMinor`.
   */
  capMinor: number;
  /**
   * The number of devices for which the experiment is planned: the confidence interval is tuned to be narrowest at this
   * number. Once it is reached, no new devices join.
   */
  plannedReaders: number;
  /**
   * The smallest difference in income per reader that the experiment should be able to detect, in minor units. It can
   * be a fraction.
   */
  smallestEffectMinor: number;
  /** The last day on which new devices join, as days since 1970 in UTC. */
  lastDay: number;
};

export type Experiment = ExperimentPlan & {
  id: string;
  name: string;
  createdAt: Date;
  startedAt: Date | null;
  /** When staff ended the experiment early. Null if they did not. */
  endedAt: Date | null;
};

/**
 * `following`: no new devices join. The devices that joined keep their variant until EXPERIMENT_GIFT_WINDOW_DAYS after
 * the last day. `settling`: no device sees a variant any more, but refunds and disputes can still change the values.
 */
export type ExperimentPhase = "draft" | "running" | "following" | "settling" | "over";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Returns the number of days since 1970 in UTC. */
export function epochDayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

export function dateOfEpochDay(day: number): Date {
  return new Date(day * DAY_MS);
}

type Span = Pick<Experiment, "startedAt" | "endedAt" | "lastDay">;

export function experimentPhaseOf({ startedAt, endedAt, lastDay }: Span, now: Date): ExperimentPhase {
  if (!startedAt) return "draft";
  const today = epochDayOf(now);
  if (today >= dayWhenValuesOfJoinDayAreFinal(lastCountableJoinDay({ endedAt, lastDay }))) return "over";
  if (endedAt) return "settling";
  if (today <= lastDay) return "running";
  return today < lastDay + EXPERIMENT_GIFT_WINDOW_DAYS ? "following" : "settling";
}

/** Returns the first day on which the value of a device that joined on `day` is final. */
export function dayWhenValuesOfJoinDayAreFinal(day: number): number {
  return day + EXPERIMENT_GIFT_WINDOW_DAYS + GIFT_VALUE_SETTLING_DAYS;
}

/**
 * Returns the last day on which a device can join the experiment and still be counted. If staff end the experiment less
 * than EXPERIMENT_GIFT_WINDOW_DAYS after a device joined, that device is never counted.
 */
export function lastCountableJoinDay({ endedAt, lastDay }: Pick<Span, "endedAt" | "lastDay">): number {
  return endedAt ? Math.min(lastDay, epochDayOf(endedAt) - EXPERIMENT_GIFT_WINDOW_DAYS) : lastDay;
}

/**
 * Returns the last join day whose devices have final values at `now`. A device's value is final
 * EXPERIMENT_GIFT_WINDOW_DAYS plus GIFT_VALUE_SETTLING_DAYS after the device joined.
 */
export function lastJoinDayWithFinalValues(span: Pick<Span, "endedAt" | "lastDay">, now: Date): number {
  return Math.min(lastCountableJoinDay(span), epochDayOf(now) - EXPERIMENT_GIFT_WINDOW_DAYS - GIFT_VALUE_SETTLING_DAYS);
}
