// Tests if devices report the same share of gifts for each variant of an experiment. Devices report a gift on the thank-you
// page; the ledger has the gift with its variant. If gifts of one variant lose this information on the way, or are forged, the
// shares differ.
// Source: Turner, Ly, Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional stopping",
// JSPI 230 (2024), arXiv:2106.02693, for Bernoulli streams.
import { RATIO_ALPHA } from "./sample-ratio";

/** For one variant and one day: the gifts in the ledger, and how many gifts devices reported. */
export type DayGiftCounts = { gifts: number; reported: number };

/** The weight, as a number of gifts, of the assumption that all variants have the same share. */
const PRIOR = 20;

/** `days`: the oldest first, each with all variants in the same order. */
export function areGiftsLost(days: readonly (readonly DayGiftCounts[])[]): boolean {
  let log = 0;
  const before = (days[0] ?? []).map(() => ({ gifts: 0, reported: 0 }));
  for (const arms of days) {
    log += logEvidenceOfDay(arms, before);
    if (log >= Math.log(1 / RATIO_ALPHA)) return true;
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
 * Compares each variant's own rate with a common rate. Both are estimated only from earlier days. The expected factor is at
 * most 1 for any true common rate. The reason: the common estimate is the weighted mean of the variants' estimates (inequality
 * of arithmetic and geometric means).
 */
function logEvidenceOfDay(arms: readonly DayGiftCounts[], before: readonly DayGiftCounts[]): number {
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

function sumOf(arms: readonly DayGiftCounts[]): DayGiftCounts {
  return arms.reduce(
    (sum, { gifts, reported }) => ({
      gifts: sum.gifts + gifts,
      reported: sum.reported + Math.min(reported, gifts),
    }),
    { gifts: 0, reported: 0 },
  );
}
