// A device's memory of an experiment. Runs in the reader's browser, and nothing of it is sent but the exposure.
import { WINDOW_DAYS } from "./experiment";
import { type Exposure, formatExposure, parseExposure } from "./exposure";

/**
 * `seed`: the device's random number, by which it finds its arm (assignment.ts). `seen`: the arm that it was first shown. Null on a
 * device that has not met an experiment.
 */
export type TrialMemory = { seed: number; seen: Exposure | null } | null;

/** How long a device remembers its arm. No experiment shows arms to new devices for so long (MOST_DAYS). */
const REMEMBERED_DAYS = 120;

/** `seed`: 32 random bits, which count only if the device has none yet. */
export function afterMeetingTrial(trial: TrialMemory, seed: number): NonNullable<TrialMemory> {
  return trial ?? { seed, seen: null };
}

/** The exposure that a gift from this device names. Null once the days in which gifts count are over. */
export function exposureForGift(trial: TrialMemory, now: number): string {
  return trial?.seen && isWithin(trial.seen, { days: WINDOW_DAYS + 1, now }) ? formatExposure(trial.seen) : "";
}

/** Reads the stored memory. Anything else counts as absent. */
export function parseTrial(stored: unknown, now: number): TrialMemory {
  const { seed, seen } = (stored ?? {}) as Record<string, unknown>;
  if (typeof seed !== "number") return null;
  const { experiment, arm, exposedOn } = (seen ?? {}) as Partial<Exposure>;
  const exposure = parseExposure(`${experiment}.${arm}.${exposedOn}`);
  return { seed, seen: exposure && isWithin(exposure, { days: REMEMBERED_DAYS, now }) ? exposure : null };
}

function isWithin({ exposedOn }: Exposure, { days, now }: { days: number; now: number }): boolean {
  return now / 86_400_000 - exposedOn < days;
}
