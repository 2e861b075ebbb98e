// The context of every function that writes the ledger: one transaction, the time, the keys to identities and the newsroom's time
// zone.
import type { Tx } from "../database";
import type { Identity } from "../identity";

export type LedgerContext = RecordOptions & {
  tx: Tx;
  /** The event that reported the facts. Unset if the facts are Stripe's answer to a question. */
  eventId?: string;
};

export type RecordOptions = {
  now: Date;
  identity: Identity;
  /** The newsroom's time zone, in which a day of the ledger begins. */
  timeZone: string;
  /** Queues no mail and asks Stripe nothing. The books check sets it for a repair, because the facts are old. */
  silent?: boolean;
  /** The follow-up that these facts answer. Recording them must not queue it again. */
  answering?: string;
};
