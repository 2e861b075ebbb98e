/** How far the clocks of several instances can differ. A time that is in the future by less than this counts as now. */
export const CLOCK_TOLERANCE_MS = 5_000;
