// How often a reader gives, as the gift form offers it.
export const FREQUENCIES = ["once", "monthly", "yearly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
