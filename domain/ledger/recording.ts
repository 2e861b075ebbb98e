// What every writer of the ledger is handed: the one transaction, its time, and the key to identities.
import type { Tx } from "../../systems/database";
import type { Identity } from "../../systems/identity";

export type Recording = { tx: Tx; now: Date; identity: Identity };
