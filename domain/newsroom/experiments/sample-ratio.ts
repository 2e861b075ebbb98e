// Tests if each variant of an experiment has its planned share of devices. If not, devices of a variant were lost or
// forged, and the values cannot be compared. The test stays valid if it is repeated every day. Source: Lindon, Malek,
// "Anytime-valid inference for multinomial count data", NeurIPS 2022, arXiv:2011.03567.

export type ArmDeviceCount = { share: number; count: number };

/** The maximum probability of a false alarm in the whole experiment. */
export const SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY = 0.01;
/**
 * The concentration parameter of the test's Dirichlet prior. With a higher value, the test expects smaller deviations
 * from the planned shares.
 */
const CONCENTRATION = 1_000;

/**
 * Returns the logarithm of the Bayes factor against the planned shares. If the planned shares are true, the probability
 * that the factor ever reaches 1/α is at most α. This is Ville's inequality: the factor is then a martingale that
 * starts at 1.
 */
export function logarithmOfBayesFactor(arms: readonly ArmDeviceCount[]): number {
  const total = arms.reduce((sum, { count }) => sum + count, 0);
  const whole = arms.reduce((sum, { share }) => sum + share, 0);
  let log = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  for (const { share, count } of arms) {
    const prior = (CONCENTRATION * share) / whole;
    log += logGamma(prior + count) - logGamma(prior) - count * Math.log(share / whole);
  }
  return log;
}

/**
 * Returns true if the variants' shares of devices were wrong on any day. It checks every day, so that devices that are
 * forged later cannot hide an earlier fault. `byDay`: for each day, how many devices of each variant had joined by
 * then.
 */
export function hasSampleRatioMismatch(byDay: readonly (readonly ArmDeviceCount[])[]): boolean {
  return byDay.some((arms) => logarithmOfBayesFactor(arms) >= Math.log(1 / SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY));
}

/**
 * Returns the largest share (0 to 1) of a variant's devices that could be forged without an alarm. `total`: the planned
 * share and the number of devices, for all variants together.
 */
export function maxUndetectedForgedShare(
  { share, count }: ArmDeviceCount,
  total: { share: number; count: number },
): number {
  const rest = { share: total.share - share, count: total.count - count };
  if (count === 0 || rest.share <= 0) return 0;
  const isQuiet = (added: number) =>
    logarithmOfBayesFactor([{ share, count: (rest.count * share) / rest.share + added }, rest]) <
    Math.log(1 / SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY);
  let [low, high] = [0, count];
  for (let step = 0; step < 30 && high - low > 0.5; step++) {
    const middle = (low + high) / 2;
    if (isQuiet(middle)) low = middle;
    else high = middle;
  }
  return high / (count + high);
}

/**
 * Returns the logarithm of the gamma function by Stirling's series. The argument is shifted to at least 10, where the
 * series is accurate to nearly all digits.
 */
export function logGamma(x: number): number {
  let [shifted, shift] = [x, 0];
  while (shifted < 10) shift -= Math.log(shifted++);
  const inverse = 1 / shifted;
  const square = inverse ** 2;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return shift + (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series;
}
