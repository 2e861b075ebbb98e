// Do the gifts of each arm find their way into the ledger equally often? Devices report a gift on the thank-you page; the ledger has the
// gift with its arm. If one arm's gifts lose their arm on the way, or are made up, the shares differ.
// Source: Turner, Ly, Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional stopping", JSPI 230
// (2024), arXiv:2106.02693, for Bernoulli streams.
import { RATIO_ALPHA } from "./sample-ratio";

/** One arm on one day: gifts in the ledger, and how many of them a device reported. */
export type ReportedGifts = { gifts: number; reported: number };

/** The strength of the prior belief that the arms are alike, as a number of gifts. */
const PRIOR = 20;

/** `days`: for each day, oldest first, the arms in one order. */
export function areGiftsLost(days: readonly (readonly ReportedGifts[])[]): boolean {
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
 * One arm's rate against all arms' common rate, both guessed from earlier days only. The expected factor is at most 1 whatever the
 * common rate is, because the common guess is the average of the arms' (the inequality of the means).
 */
function logEvidenceOfDay(arms: readonly ReportedGifts[], before: readonly ReportedGifts[]): number {
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

function sumOf(arms: readonly ReportedGifts[]): ReportedGifts {
  return arms.reduce(
    (sum, { gifts, reported }) => ({
      gifts: sum.gifts + gifts,
      reported: sum.reported + Math.min(reported, gifts),
    }),
    { gifts: 0, reported: 0 },
  );
}
