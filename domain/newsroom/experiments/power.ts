import {
  type ArmStatistics,
  bisect,
  brownianMotionBound,
  meanPerReader,
  normalUpperTail,
  varianceOf,
} from "./confidence";
import { maxUndetectedForgedShare } from "./sample-ratio";
import { MAX_FALSE_VERDICT_PROBABILITY } from "./verdict";

/** The probability with which an experiment should detect a difference of `smallestEffectMinor`, if there is one. */
export const TARGET_POWER = 0.8;
const MAX_READERS = 1e9;

type Question = {
  past: ArmStatistics;
  /**
   * The percentages of devices that get the two compared variants. `base`: for the first variant. `arm`: for the
   * variant that is compared with it.
   */
  shares: { base: number; arm: number };
  comparisons: number;
  smallestEffectMinor: number;
};

/**
 * Returns how many readers an experiment needs, in all variants together. With this number, it detects a difference of
 * `smallestEffectMinor` with the probability TARGET_POWER. Returns null if there is too little data, or if no number of
 * readers is enough.
 */
export function readersNeededInAllVariants({
  past,
  shares,
  comparisons,
  smallestEffectMinor,
}: Question): number | null {
  const variance = varianceOf(past);
  if (!(variance > 0) || smallestEffectMinor <= 0) return null;
  const reach =
    brownianMotionBound(MAX_FALSE_VERDICT_PROBABILITY / comparisons) +
    bisect((z) => normalUpperTail(z) < 1 - TARGET_POWER, [0, 10]);
  const isEnough = (readers: number) => {
    const count = (share: number) => (readers * share) / 100;
    const standardError = Math.sqrt(variance / count(shares.base) + variance / count(shares.arm));
    const maxForgedReaders = Math.max(
      ...[shares.base, shares.arm].map((share) =>
        maxUndetectedForgedShare({ share, count: count(share) }, { share: 100, count: readers }),
      ),
    );
    return smallestEffectMinor >= reach * standardError + maxForgedReaders * meanPerReader(past);
  };
  const needed = bisect(isEnough, [10, MAX_READERS]);
  return needed < MAX_READERS * 0.99 ? Math.ceil(needed) : null;
}
