// A history that is being created, as the running stand-in knows it.

export type CreatedHistory = {
  payments: number;
  /** Row id of the first delivery. */
  first: number;
  /** Row id of the last delivery. */
  last: number;
};

/** `made`: null before the first slice, and for a history that existed. */
export type HistoryCreation = {
  made: { days: number; daysDone: number } | null;
  ended: Promise<CreatedHistory>;
};
