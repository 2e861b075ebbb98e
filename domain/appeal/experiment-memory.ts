import { EXPERIMENT_GIFT_WINDOW_DAYS } from "./experiment";
import { type ExperimentExposure, formatExposure, parseExposure } from "./exposure";

/**
 * The data that a device stores about experiments; null if it stores none. `seed`: decides the device's variant
 * (assignment.ts). `seen`: the device's exposure in its newest experiment; null before the first one.
 */
export type DeviceExperimentMemory = { seed: number; seen: ExperimentExposure | null } | null;

const REMEMBERED_DAYS = 120;

export function ensureExperimentSeed(
  memory: DeviceExperimentMemory,
  seed: number,
): NonNullable<DeviceExperimentMemory> {
  return memory ?? { seed, seen: null };
}

/**
 * Formats the device's exposure as one word, which is sent with the gift form. Returns "" if the device has no
 * exposure, or if more than EXPERIMENT_GIFT_WINDOW_DAYS have passed since then.
 */
export function formatExposureForGift(memory: DeviceExperimentMemory, now: number): string {
  return memory?.seen && isWithin(memory.seen, { days: EXPERIMENT_GIFT_WINDOW_DAYS + 1, now })
    ? formatExposure(memory.seen)
    : "";
}

/**
 * Parses the stored value. Returns null if it has no seed. Ignores an exposure that is invalid or more than
 * REMEMBERED_DAYS old.
 */
export function parseExperimentMemory(stored: unknown, now: number): DeviceExperimentMemory {
  const { seed, seen } = (stored ?? {}) as Record<string, unknown>;
  if (typeof seed !== "number") return null;
  const { experiment, arm, exposedOn } = (seen ?? {}) as Partial<ExperimentExposure>;
  const exposure = parseExposure(`${experiment}.${arm}.${exposedOn}`);
  return { seed, seen: exposure && isWithin(exposure, { days: REMEMBERED_DAYS, now }) ? exposure : null };
}

function isWithin({ exposedOn }: ExperimentExposure, { days, now }: { days: number; now: number }): boolean {
  return now / 86_400_000 - exposedOn < days;
}
