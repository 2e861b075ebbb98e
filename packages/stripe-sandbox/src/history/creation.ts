// The state of a history that is being created, kept in memory.

export type CreatedHistory = {
  payments: number;
  /** The database row id of the history's first webhook delivery. */
  first: number;
  /** The database row id of the history's last webhook delivery. */
  last: number;
};

/** `progress`: null before the first slice, and for a history that already existed. */
export type HistoryCreation = {
  progress: { days: number; daysDone: number } | null;
  finished: Promise<CreatedHistory>;
};
