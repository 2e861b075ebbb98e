export type HistoryCreationResult = {
  payments: number;
  deliveries: DeliveryIdRange;
};

/**
 * The webhook deliveries of a history: those of its account whose row ids are from `first` to `last`. Other accounts
 * can have row ids in between.
 */
export type DeliveryIdRange = { account: string; first: number; last: number };

/**
 * A history that is being created. `progress`: null until the simulation begins. It stays null if the history already
 * exists, because nothing is then simulated.
 */
export type StartedHistoryCreation = {
  readonly progress: { days: number; daysDone: number } | null;
  finished: Promise<HistoryCreationResult>;
};
