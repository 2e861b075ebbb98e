// What every writer of the ledger is handed: the one transaction, its time, the key to identities, and the newsroom's clock.
import type { Tx } from "../database";
import type { Identity } from "../identity";

export type Recording = {
  tx: Tx;
  now: Date;
  identity: Identity;
  /** The newsroom's, by which a day of the books begins. */
  timeZone: string;
  /** Books that are rebuilt thank nobody: mail of long ago must not leave again. */
  silent?: boolean;
  /** The event that brings the facts; none where Stripe was asked. */
  eventId?: string;
  /** The question that these facts answer: writing them must not ask it again. */
  answering?: string;
};
