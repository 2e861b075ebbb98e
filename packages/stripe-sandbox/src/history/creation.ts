export type HistoryCreationResult = {
  payments: number;
  deliveries: DeliveryRange;
};

/**
 * The webhook deliveries of a history: those of its account whose row ids are from `first` to `last`. Other accounts
 * can have row ids in between.
 */
export type DeliveryRange = { account: string; first: number; last: number };

/** `progress` is null until the simulation has begun. It stays null for a history that already existed. */
export type HistoryCreation = {
  readonly progress: { days: number; daysDone: number } | null;
  finished: Promise<HistoryCreationResult>;
};
