/** `rows`: lines of the printed table. `differences`: each of them is a failure. */
export type TrialResult = { rows: (string | number)[][]; differences: string[] };
