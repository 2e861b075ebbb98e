// The terms on which this process writes the ledger: now, with its key to identities and the newsroom's clock.
import type { RecordingTerms } from "../domain/ledger/record";
import { publication } from "../publication";
import { ownIdentity } from "./identity";

export function ledgerContext(now: Date): RecordingTerms {
  return { now, identity: ownIdentity(), timeZone: publication.timeZone };
}
