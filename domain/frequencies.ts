// The frequencies that the gift form offers.
export const FREQUENCIES = ["once", "monthly", "yearly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
