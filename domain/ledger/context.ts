// The context of every function that writes the ledger: the transaction, the current time, the keys for identities and the newsroom's
// time zone.
import type { Tx } from "../database";
import type { Identity } from "../identity";

export type LedgerContext = RecordOptions & {
  tx: Tx;
  /** The id of the event that reported the facts. Not set if the facts are Stripe's answer to a question. */
  eventId?: string;
};

export type RecordOptions = {
  now: Date;
  identity: Identity;
  /** The newsroom's time zone, which decides the day of each entry. */
  timeZone: string;
  /** If true, recording queues no mail and no questions for Stripe. The books check sets it for a repair, because the facts are old. */
  silent?: boolean;
  /** The key of the follow-up that these facts answer. Recording them must not queue it again. */
  answering?: string;
};
