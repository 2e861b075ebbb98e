// Computes confidence intervals that stay valid however often staff look at the results. The final number of readers
// must be fixed before any result is known. Then the sum of the differences behaves like a Brownian motion (Donsker).
// The reflection principle gives the probability that a Brownian motion stays within ±c on [0, 1]. The bound c is the
// O'Brien–Fleming boundary under continuous monitoring: Lan and DeMets, Biometrika 70 (1983). Jennison and Turnbull
// derive intervals from such bounds: "Interim analyses: the repeated confidence interval approach", JRSS B 51 (1989).
// docs/decisions/019-experiments.md explains the choice.

/**
 * The data of one variant. `sum`, `sumOfSquares`: the sum of the values of all its devices, and of the squares of these
 * values.
 */
export type ArmStatistics = { readers: number; supporters: number; sum: number; sumOfSquares: number };

export type ValueDifferenceEstimate = { estimate: number; standardError: number; low: number; high: number };

/**
 * `readers`: the number of readers counted so far. `finalReaders`: their number at the end of the experiment. `alpha`:
 * the probability that any interval during the experiment misses the true value.
 */
type Look = { readers: number; finalReaders: number; alpha: number };

/**
 * Returns half the width of the confidence interval, in standard errors. The value falls while more readers are
 * counted. With an `alpha` of 5%, it is 2.24 at the end of the experiment.
 */
export function confidenceIntervalHalfWidth({ readers, finalReaders, alpha }: Look): number {
  return brownianMotionBound(alpha) * Math.sqrt(Math.max(1, finalReaders / readers));
}

/**
 * Returns the difference of the means of two variants, with its interval. The interval is infinite if a variant has
 * fewer than two readers.
 */
export function estimateDifferenceOfMeans(
  { arm, base }: { arm: ArmStatistics; base: ArmStatistics },
  look: Look,
): ValueDifferenceEstimate {
  const estimate = meanPerReader(arm) - meanPerReader(base);
  const standardError = standardErrorOf(arm, base);
  if (!Number.isFinite(standardError)) return { estimate, standardError, low: -Infinity, high: Infinity };
  const reach = standardError * confidenceIntervalHalfWidth(look);
  return { estimate, standardError, low: estimate - reach, high: estimate + reach };
}

/**
 * Returns the larger of two estimates of the standard error: from each variant's own variance, and from the variance of
 * both variants together. The first estimate is too small for a small variant that has no large gift yet. Alone, it
 * would make that variant seem worse than it is.
 */
function standardErrorOf(arm: ArmStatistics, base: ArmStatistics): number {
  const own = varianceOf(arm) / arm.readers + varianceOf(base) / base.readers;
  const all = varianceOf(addArmValues(arm, base)) * (1 / arm.readers + 1 / base.readers);
  return Math.sqrt(Math.max(own, all));
}

export function addArmValues(a: ArmStatistics, b: ArmStatistics): ArmStatistics {
  return {
    readers: a.readers + b.readers,
    supporters: a.supporters + b.supporters,
    sum: a.sum + b.sum,
    sumOfSquares: a.sumOfSquares + b.sumOfSquares,
  };
}

export function meanPerReader({ readers, sum }: ArmStatistics): number {
  return readers > 0 ? sum / readers : 0;
}

export function varianceOf({ readers, sum, sumOfSquares }: ArmStatistics): number {
  if (readers < 2) return Number.NaN;
  return Math.max(0, (sumOfSquares - sum ** 2 / readers) / (readers - 1));
}

/** Returns the bound c for which a Brownian motion leaves the range ±c on [0, 1] with probability `alpha`. */
export function brownianMotionBound(alpha: number): number {
  return bisect((c) => crossingChance(c) < alpha, [0, 10]);
}

/**
 * Returns the probability that a Brownian motion leaves the range ±c on [0, 1]. Uses the first four terms of the
 * two-sided reflection principle: 4·(Φ̄(c) − Φ̄(3c) + Φ̄(5c) − …).
 */
function crossingChance(c: number): number {
  return 4 * (normalUpperTail(c) - normalUpperTail(3 * c) + normalUpperTail(5 * c) - normalUpperTail(7 * c));
}

/** Returns the number between `low` and `high` at which the result of `isBeyond` changes from false to true. */
export function bisect(isBeyond: (x: number) => boolean, [low, high]: [number, number]): number {
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (isBeyond(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Returns the probability that a standard normal variable is larger than `z`. Source: Numerical Recipes (`erfcc`); the
 * relative error is below 1.2e-7.
 */
export function normalUpperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const tail = (t * Math.exp(ERFC.reduceRight((sum, coefficient) => sum * t + coefficient, 0) - x * x)) / 2;
  return z >= 0 ? tail : 1 - tail;
}

const ERFC = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];
