// What every function that writes the ledger is handed: one transaction, the time, the keys to identities and the newsroom's clock.
import type { Tx } from "../database";
import type { Identity } from "../identity";

export type LedgerContext = RecordOptions & {
  tx: Tx;
  /** The event that brings the facts. Unset if they are Stripe's answer to a question. */
  eventId?: string;
};

export type RecordOptions = {
  now: Date;
  identity: Identity;
  /** The newsroom's time zone, in which a day of the ledger begins. */
  timeZone: string;
  /** Queues no mail and no follow-up, because the facts are old: the books check is repairing the ledger. */
  silent?: boolean;
  /** The follow-up that these facts answer. Writing them must not queue it again. */
  answering?: string;
};
