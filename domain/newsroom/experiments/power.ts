// How many readers an experiment needs, shown before it starts.

import { type ArmValues, bisect, crossingBound, meanOf, upperTail, varianceOf } from "./confidence";
import { unnoticedShare } from "./sample-ratio";
import { ALPHA } from "./verdict";

/** The chance of seeing a difference of the stated size, if it is there. */
export const POWER = 0.8;
const MOST_READERS = 1e9;

type Question = {
  /** The values of earlier readers, in any number. */
  past: ArmValues;
  /** Percent of the devices, for the base and the arm compared with it. */
  shares: { base: number; arm: number };
  comparisons: number;
  smallestEffectMinor: number;
};

/**
 * The number of readers in all arms with which a difference of `smallestEffectMinor` is shown with a chance of 80%. Null if the past says
 * too little, or if no number would do.
 */
export function readersNeeded({ past, shares, comparisons, smallestEffectMinor }: Question): number | null {
  const variance = varianceOf(past);
  if (!(variance > 0) || smallestEffectMinor <= 0) return null;
  const reach = crossingBound(ALPHA / comparisons) + bisect((z) => upperTail(z) < 1 - POWER, [0, 10]);
  const isEnough = (readers: number) => {
    const count = (share: number) => (readers * share) / 100;
    const standardError = Math.sqrt(variance / count(shares.base) + variance / count(shares.arm));
    const unnoticed = Math.max(
      ...[shares.base, shares.arm].map((share) =>
        unnoticedShare({ share, count: count(share) }, { share: 100, count: readers }),
      ),
    );
    return smallestEffectMinor >= reach * standardError + unnoticed * meanOf(past);
  };
  const needed = bisect(isEnough, [10, MOST_READERS]);
  return needed < MOST_READERS * 0.99 ? Math.ceil(needed) : null;
}
