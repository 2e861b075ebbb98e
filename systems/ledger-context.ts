import "server-only";
import type { RecordOptions } from "../domain/ledger/context";
import { publication } from "../publication";
import { identityCrypto } from "./identity";

export function ledgerRecordingContext(now: Date): RecordOptions {
  return { now, identity: identityCrypto(), timeZone: publication.timeZone };
}
