// Sets how many gifts the demo's history has, and which shares of them fail, are refunded or are disputed.
// `oncePerMonth`, `monthlyStartsPerMonth` and `yearlyStartsPerMonth` are the numbers of the first month. They grow from
// month to month.
const SHARES = {
  ...{ refunded: 0.008, partlyRefunded: 0.008, disputed: 0.006, disputeWon: 0.4 },
  ...{ bankDebit: 0.12, bounced: 0.08 },
  ...{ failedRenewal: 0.06, recovered: 0.7, paused: 0.015, amountChanged: 0.03 },
};

const USUAL = {
  ...{ oncePerMonth: 32, monthlyStartsPerMonth: 6, yearlyStartsPerMonth: 1.5 },
  shares: SHARES,
  openAtEnd: { disputes: 1, overdueGifts: 2, pendingDebits: 1 },
};

/**
 * The smallest history. Most of its shares are higher than those in SHARES. With the shares in SHARES, so small a
 * history would have no failures, refunds or disputes.
 */
const SMALL = {
  readers: 9,
  ...{ oncePerMonth: 4, monthlyStartsPerMonth: 1, yearlyStartsPerMonth: 0.2 },
  shares: {
    ...{ refunded: 0.05, partlyRefunded: 0.05, disputed: 0.06, disputeWon: 0.5 },
    ...{ bankDebit: 0.2, bounced: 0.3 },
    ...{ failedRenewal: 0.15, recovered: 0.7, paused: 0.06, amountChanged: 0.05 },
  },
  openAtEnd: { disputes: 1, overdueGifts: 1, pendingDebits: 1 },
};

/** About 10,000 supporters, most of whom give once. */
const MEDIUM = {
  ...{ oncePerMonth: 590, monthlyStartsPerMonth: 10, yearlyStartsPerMonth: 8 },
  shares: SHARES,
  openAtEnd: { disputes: 4, overdueGifts: 8, pendingDebits: 5 },
};

/** About 200,000 supporters, twenty times as many as the medium size. */
const LARGE = {
  ...{ oncePerMonth: 11_800, monthlyStartsPerMonth: 200, yearlyStartsPerMonth: 160 },
  shares: SHARES,
  openAtEnd: { disputes: 20, overdueGifts: 60, pendingDebits: 30 },
};

const SCALES = { small: SMALL, medium: MEDIUM, large: LARGE };

export function demoScaleForSize(size: string | undefined) {
  if (size === undefined) return USUAL;
  const scale = Object.entries(SCALES).find(([name]) => name === size)?.[1];
  if (!scale) throw new Error(`the demo has no size "${size}"`);
  return scale;
}
