// An experiment: variants of one appeal that are shown to a share of devices each, by a plan that is stated before the first device is
// shown one and never changes afterwards.
import type { Currency } from "../currencies";

/** The arm whose devices see no banner. At the end of an article they see the first variant. */
export const HOLD_OUT = "hold-out";

/** How long after a device was first shown its gifts count. */
export const WINDOW_DAYS = 30;
/** How long after that window refunds, disputes and bank debits may still change what was kept. Then the value is final. */
export const SETTLING_DAYS = 14;

/** `share`: percent of the devices. */
export type Arm = { arm: string; share: number };

export type ExperimentPlan = {
  appeal: string;
  /** The first arm is the one that the others are compared with. The hold-out, if there is one, comes last. */
  arms: readonly Arm[];
  /** The currency in which values are counted. */
  currency: Currency;
  /** How many of `currency` one unit of another currency counts as, as a decimal. A gift in any other currency counts as nothing. */
  rates: Readonly<Partial<Record<Currency, string>>>;
  /** The most that one device counts for. */
  capMinor: number;
  /** The number of devices for which the interval is made narrowest. */
  plannedReaders: number;
  /** The smallest difference per reader that is worth finding, in minor units with decimals. */
  smallestEffectMinor: number;
  /** The last day on which devices are first shown. */
  lastDay: number;
};

export type Experiment = ExperimentPlan & {
  id: string;
  name: string;
  createdAt: Date;
  /** Null for a draft. */
  startedAt: Date | null;
  /** When staff ended it. Null if it went on to its last day. */
  endedAt: Date | null;
};

/**
 * `following`: no new devices join; those in the experiment keep their arm for the rest of their window. `settling`: the windows are over,
 * but refunds and disputes may still change the values.
 */
export type Phase = "draft" | "running" | "following" | "settling" | "over";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days since 1970 in UTC: the day on which a device was first shown, and the day of a payment. */
export function dayNumberOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

export function dateOfDay(day: number): Date {
  return new Date(day * DAY_MS);
}

type Span = Pick<Experiment, "startedAt" | "endedAt" | "lastDay">;

export function phaseOf({ startedAt, endedAt, lastDay }: Span, now: Date): Phase {
  if (!startedAt) return "draft";
  const today = dayNumberOf(now);
  if (today >= finalOn(lastDayToCount({ endedAt, lastDay }))) return "over";
  if (endedAt) return "settling";
  if (today <= lastDay) return "running";
  return today < lastDay + WINDOW_DAYS ? "following" : "settling";
}

/** The first day on which the value of a device first shown on `day` no longer changes. */
export function finalOn(day: number): number {
  return day + WINDOW_DAYS + SETTLING_DAYS;
}

/** The last day whose devices are ever counted. If staff end the experiment early, devices whose window is not over by then never count. */
export function lastDayToCount({ endedAt, lastDay }: Pick<Span, "endedAt" | "lastDay">): number {
  return endedAt ? Math.min(lastDay, dayNumberOf(endedAt) - WINDOW_DAYS) : lastDay;
}

/** The last day whose devices are counted at a look: their windows and the time for returns are over. */
export function lastDayCountedAt(span: Pick<Span, "endedAt" | "lastDay">, now: Date): number {
  return Math.min(lastDayToCount(span), dayNumberOf(now) - WINDOW_DAYS - SETTLING_DAYS);
}
