// Does each arm have the share of devices that its plan gives it? If not, devices were lost or made up in one arm, and the values cannot
// be compared. The test may be looked at every day.
// Source: Lindon, Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022, arXiv:2011.03567.

/** `share`: percent. */
export type ArmCount = { share: number; count: number };

/** The chance that a true ratio is ever called wrong. */
export const RATIO_ALPHA = 0.01;
/** How firmly the alternative believes in ratios near the plan's: a small fault in many devices is the one to expect. */
const CONCENTRATION = 1_000;

/**
 * The logarithm of the Bayes factor against the plan's shares. Under the plan its exponential is a martingale that begins at 1, so it
 * ever reaches 1/α with a chance of at most α (Ville's inequality).
 */
export function logEvidence(arms: readonly ArmCount[]): number {
  const total = arms.reduce((sum, { count }) => sum + count, 0);
  const whole = arms.reduce((sum, { share }) => sum + share, 0);
  let log = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  for (const { share, count } of arms) {
    const prior = (CONCENTRATION * share) / whole;
    log += logGamma(prior + count) - logGamma(prior) - count * Math.log(share / whole);
  }
  return log;
}

/** `byDay`: the running counts at each look, oldest first. An alarm stays: forged devices cannot be undone by forging more. */
export function isRatioWrong(byDay: readonly (readonly ArmCount[])[]): boolean {
  return byDay.some((arms) => logEvidence(arms) >= Math.log(1 / RATIO_ALPHA));
}

/**
 * The largest share of an arm's devices, 0 to 1, that could be made up without an alarm. It says how far a forger may move the
 * arm's value per reader.
 */
export function unnoticedShare({ share, count }: ArmCount, of: { share: number; count: number }): number {
  const rest = { share: of.share - share, count: of.count - count };
  if (count === 0 || rest.share <= 0) return 0;
  const isQuiet = (added: number) =>
    logEvidence([{ share, count: (rest.count * share) / rest.share + added }, rest]) < Math.log(1 / RATIO_ALPHA);
  let [low, high] = [0, count];
  for (let step = 0; step < 30 && high - low > 0.5; step++) {
    const middle = (low + high) / 2;
    if (isQuiet(middle)) low = middle;
    else high = middle;
  }
  return high / (count + high);
}

/** Stirling's series, shifted to where it is exact to the last digits. */
export function logGamma(x: number): number {
  let [shifted, shift] = [x, 0];
  while (shifted < 10) shift -= Math.log(shifted++);
  const inverse = 1 / shifted;
  const square = inverse ** 2;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return shift + (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series;
}
