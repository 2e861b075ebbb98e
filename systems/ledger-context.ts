import "server-only";
import type { RecordOptions } from "../domain/ledger/context";
import { publication } from "../publication";
import { identityFunctions } from "./identity";

export function ledgerRecordingContext(now: Date): RecordOptions {
  return { now, identity: identityFunctions(), timeZone: publication.timeZone };
}
