/** `rows` are for the printed table. Every item of `differences` is a failure. */
export type TrialResult = { rows: (string | number)[][]; differences: string[] };
