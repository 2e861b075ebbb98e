// Tests if the same share of gifts is reported by devices in each arm. Devices report a gift on the thank-you page; the ledger has the gift
// with its arm. If gifts of one arm lose their arm on the way, or are forged, the shares differ.
// Source: Turner, Ly, Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional stopping", JSPI 230
// (2024), arXiv:2106.02693, for Bernoulli streams.
import { RATIO_ALPHA } from "./sample-ratio";

/** One arm on one day: the gifts in the ledger, and how many of them devices reported. */
export type DayGiftCounts = { gifts: number; reported: number };

/** The weight of the prior belief that all arms have the same share, as a number of gifts. */
const PRIOR = 20;

/** `days`: oldest first, each with all arms in the same order. */
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
 * Compares each arm's own rate with a common rate, both estimated only from earlier days. The expected factor is at most 1 for any true
 * common rate, because the common estimate is the weighted mean of the arms' estimates (inequality of arithmetic and geometric means).
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
