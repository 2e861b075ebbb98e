// The terms on which this process writes the ledger: now, with its key to identities and the newsroom's clock.
import type { RecordOptions } from "../domain/ledger/context";
import { publication } from "../publication";
import { ownIdentity } from "./identity";

export function recordingTerms(now: Date): RecordOptions {
  return { now, identity: ownIdentity(), timeZone: publication.timeZone };
}
