// A history that is being created, in the memory of the running stand-in.

export type CreatedHistory = {
  payments: number;
  /** Row id of the first delivery. */
  first: number;
  /** Row id of the last delivery. */
  last: number;
};

/** `made`: the progress; null before the first slice, and for a history that already existed. */
export type HistoryCreation = {
  progress: { days: number; daysDone: number } | null;
  finished: Promise<CreatedHistory>;
};
