// The rate of one arm by itself, with an interval that holds at every look together, as the verdict's does (confidence.ts).
import { type ArmValues, meanOf, reachOf, varianceOf } from "./confidence";
import { ALPHA, FEWEST_GIVERS } from "./verdict";

/** A rate per reader. `low` and `high` are null while too little is known. */
export type Rate = { mean: number; low: number | null; high: number | null };

/** `readers` of `of` in all arms have been counted. */
export type Progress = { readers: number; of: number };

/** The income per reader, in minor units with decimals. */
export function valueRate(arm: ArmValues, progress: Progress): Rate {
  const mean = meanOf(arm);
  const variance = varianceOf(arm);
  if (arm.givers < FEWEST_GIVERS || Number.isNaN(variance)) return { mean, low: null, high: null };
  const reach = reachOf({ ...progress, alpha: ALPHA }) * Math.sqrt(variance / arm.readers);
  return { mean, low: Math.max(0, mean - reach), high: mean + reach };
}

/**
 * How often something was reported, with the score interval of a Poisson rate: it is useful even if nothing was reported. It is too
 * narrow for events that the same device reports again and again.
 */
export function eventRate({ count, readers }: { count: number; readers: number }, progress: Progress): Rate {
  if (readers === 0) return { mean: 0, low: null, high: null };
  const reach = reachOf({ ...progress, alpha: ALPHA });
  const middle = count + reach ** 2 / 2;
  const half = reach * Math.sqrt(count + reach ** 2 / 4);
  return { mean: count / readers, low: Math.max(0, (middle - half) / readers), high: (middle + half) / readers };
}
