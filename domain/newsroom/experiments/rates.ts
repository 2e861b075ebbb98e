// Estimates rates per reader. Their confidence intervals stay valid however often staff look at them (confidence.ts).
import { type ArmStatistics, confidenceIntervalHalfWidth, meanPerReader, varianceOf } from "./confidence";
import { MAX_FALSE_VERDICT_PROBABILITY, MIN_SUPPORTERS_FOR_VERDICT } from "./verdict";

export type PerReaderEstimate = { mean: number; low: number | null; high: number | null };

/**
 * `readers`: the number of readers counted so far, of all variants together. `finalReaders`: the number that is
 * expected by the experiment's end; see readersInTheEnd() in assess.ts.
 */
export type ReadersSoFarAndExpected = { readers: number; finalReaders: number };

/** Returns the income per reader, in minor units. It can be a fraction. */
export function incomePerReader(arm: ArmStatistics, progress: ReadersSoFarAndExpected): PerReaderEstimate {
  const mean = meanPerReader(arm);
  const variance = varianceOf(arm);
  if (arm.supporters < MIN_SUPPORTERS_FOR_VERDICT || Number.isNaN(variance)) return { mean, low: null, high: null };
  const reach =
    confidenceIntervalHalfWidth({ ...progress, alpha: MAX_FALSE_VERDICT_PROBABILITY }) *
    Math.sqrt(variance / arm.readers);
  return { mean, low: Math.max(0, mean - reach), high: mean + reach };
}

/**
 * Returns the number of events per reader, with a Poisson score interval, which is also valid for zero events. The
 * interval is too narrow for an event that one device can send several times.
 */
export function eventRate(
  { count, readers }: { count: number; readers: number },
  progress: ReadersSoFarAndExpected,
): PerReaderEstimate {
  if (readers === 0) return { mean: 0, low: null, high: null };
  const reach = confidenceIntervalHalfWidth({ ...progress, alpha: MAX_FALSE_VERDICT_PROBABILITY });
  const middle = count + reach ** 2 / 2;
  const half = reach * Math.sqrt(count + reach ** 2 / 4);
  return { mean: count / readers, low: Math.max(0, (middle - half) / readers), high: (middle + half) / readers };
}
