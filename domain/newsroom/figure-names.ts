// The names of the statistics that staff see, in the order of /newsroom/definitions and docs/figures.md, which define
// these statistics.

export const FIGURE_GROUPS = {
  income: [
    ...["payments", "gross", "returned", "kept", "fees", "covered", "net"],
    ...["new-or-returning", "average-gift", "median-gift", "converted"],
  ],
  value: [
    ...["monthly-value", "movements", "new", "returned-gift", "grown", "shrunk", "paused-movement", "resumed"],
    ...["lost", "recovered", "overdue", "caught-up"],
  ],
  standings: [
    ...["running", "paused", "ending", "card-ending", "at-risk", "lapsed", "cohort", "retention", "churn"],
    ...["forecast", "failed-share"],
  ],
} as const;
export type FigureGroup = keyof typeof FIGURE_GROUPS;
export type FigureName = (typeof FIGURE_GROUPS)[FigureGroup][number];
