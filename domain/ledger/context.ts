import type { Tx } from "../database";
import type { IdentityCrypto } from "../identity";

export type LedgerContext = RecordFactsOptions & {
  tx: Tx;
  /** The id of the event that reported the facts. It is not set if the facts come from a request to Stripe's API. */
  eventId?: string;
};

export type RecordFactsOptions = {
  now: Date;
  identity: IdentityCrypto;
  /** The newsroom's time zone, which decides on which day an entry counts. */
  timeZone: string;
  /**
   * If true, recording queues no e-mails, and no follow-ups except erasure requests. A repair of the ledger sets
   * `silent`, because a repair records old facts.
   */
  silent?: boolean;
  /**
   * The key of the follow-up whose answer from Stripe contains these facts. Recording them must not queue the same
   * follow-up again.
   */
  answeredFollowUpKey?: string;
};
