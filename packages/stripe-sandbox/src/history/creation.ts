export type CreatedHistory = {
  payments: number;
  /** `first` and `last` are the row ids of the history's first and last webhook delivery. */
  first: number;
  last: number;
};

/** `progress` is null before the first slice, and for a history that already existed. */
export type HistoryCreation = {
  progress: { days: number; daysDone: number } | null;
  finished: Promise<CreatedHistory>;
};
