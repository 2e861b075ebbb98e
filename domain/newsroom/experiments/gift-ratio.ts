// Tests if devices report the same share of the gifts for each variant of an experiment. A device reports its gift on
// the thank-you page; the ledger has the gift with its variant. The shares differ if gifts of one variant lose their
// variant on the way, or are forged. Source: Turner, Ly, Grünwald, "Generic E-variables for exact sequential k-sample
// tests that allow for optional stopping", JSPI 230 (2024), arXiv:2106.02693, for Bernoulli streams.
import { SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY } from "./sample-ratio";

/**
 * One variant on one day. `gifts`: the number of gifts in the ledger. `reported`: the number of gifts that devices
 * reported.
 */
export type RecordedAndReportedGiftCounts = { gifts: number; reported: number };

/**
 * The number of imaginary gifts that are added to each variant when its rate of reported gifts is estimated. The share
 * of the imaginary gifts that counts as reported is `pooled`: the rate of all variants together on earlier days.
 */
const PRIOR = 20;

/**
 * Returns true if the share of reported gifts differs too much between the variants. `days`: the oldest day first; each
 * day lists all variants in the same order.
 */
export function doReportedGiftSharesDifferByArm(days: readonly (readonly RecordedAndReportedGiftCounts[])[]): boolean {
  let log = 0;
  const before = (days[0] ?? []).map(() => ({ gifts: 0, reported: 0 }));
  for (const arms of days) {
    log += logEvidenceOfDay(arms, before);
    if (log >= Math.log(1 / SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY)) return true;
    for (const [i, { gifts, reported }] of arms.entries()) {
      const sum = before[i];
      if (!sum) continue;
      sum.gifts += gifts;
      sum.reported += Math.min(reported, gifts);
    }
  }
  return false;
}

/**
 * Returns how much one day adds to the logarithm of the evidence that the variants differ in their rates of reported
 * gifts. Estimates each variant's rate only from earlier days. The common rate is the mean of the variants' estimated
 * rates, weighted by this day's gifts. If all variants have the same true rate, the day multiplies the evidence on
 * average by at most 1 (inequality of arithmetic and geometric means).
 */
function logEvidenceOfDay(
  arms: readonly RecordedAndReportedGiftCounts[],
  before: readonly RecordedAndReportedGiftCounts[],
): number {
  const all = sumOf(arms);
  if (all.gifts === 0) return 0;
  const past = sumOf(before);
  const pooled = (past.reported + 1) / (past.gifts + 2);
  const rates = before.map(({ gifts, reported }) => (reported + PRIOR * pooled) / (gifts + PRIOR));
  const common = arms.reduce((sum, { gifts }, i) => sum + gifts * (rates[i] ?? pooled), 0) / all.gifts;
  return arms.reduce((log, { gifts, reported }, i) => {
    const rate = rates[i] ?? pooled;
    const yes = Math.min(reported, gifts);
    return log + yes * Math.log(rate / common) + (gifts - yes) * Math.log((1 - rate) / (1 - common));
  }, 0);
}

function sumOf(arms: readonly RecordedAndReportedGiftCounts[]): RecordedAndReportedGiftCounts {
  return arms.reduce(
    (sum, { gifts, reported }) => ({
      gifts: sum.gifts + gifts,
      reported: sum.reported + Math.min(reported, gifts),
    }),
    { gifts: 0, reported: 0 },
  );
}
