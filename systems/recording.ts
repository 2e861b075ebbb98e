// The terms on which this process writes the ledger: now, with its key to identities and the newsroom's clock.
import type { RecordingTerms } from "../domain/ledger/record";
import { publication } from "../publication";
import { env } from "./env";
import { identityFrom } from "./identity";

export function recordingTerms(now: Date): RecordingTerms {
  return { now, identity: identityFrom(env().IDENTITY_KEY), timeZone: publication.timeZone };
}
