// A device's memory of an experiment, kept in the reader's browser. Only the exposure is ever sent.
import { GIFT_WINDOW_DAYS } from "./experiment";
import { type Exposure, formatExposure, parseExposure } from "./exposure";

/**
 * `seed`: the random number that decides the device's arm (assignment.ts). `seen`: the arm that the device was first shown. The memory is
 * null on a device that was never part of an experiment.
 */
export type TrialMemory = { seed: number; seen: Exposure | null } | null;

/** The number of days for which a device remembers its arm. New devices may join an experiment for fewer days (MAX_EXPERIMENT_DAYS). */
const REMEMBERED_DAYS = 120;

/** `seed`: 32 random bits, used only if the device has no seed yet. */
export function withTrialSeed(trial: TrialMemory, seed: number): NonNullable<TrialMemory> {
  return trial ?? { seed, seen: null };
}

/** The exposure to send with a gift from this device. "" if the device has none, or GIFT_WINDOW_DAYS are over. */
export function exposureForGift(trial: TrialMemory, now: number): string {
  return trial?.seen && isWithin(trial.seen, { days: GIFT_WINDOW_DAYS + 1, now }) ? formatExposure(trial.seen) : "";
}

/** Parses the stored memory. Invalid values count as absent. */
export function parseTrialMemory(stored: unknown, now: number): TrialMemory {
  const { seed, seen } = (stored ?? {}) as Record<string, unknown>;
  if (typeof seed !== "number") return null;
  const { experiment, arm, exposedOn } = (seen ?? {}) as Partial<Exposure>;
  const exposure = parseExposure(`${experiment}.${arm}.${exposedOn}`);
  return { seed, seen: exposure && isWithin(exposure, { days: REMEMBERED_DAYS, now }) ? exposure : null };
}

function isWithin({ exposedOn }: Exposure, { days, now }: { days: number; now: number }): boolean {
  return now / 86_400_000 - exposedOn < days;
}
