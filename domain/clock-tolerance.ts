/** How far the clocks of several instances can differ. A time that is ahead by less counts as now. */
export const CLOCK_TOLERANCE_MS = 5_000;
