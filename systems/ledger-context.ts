import "server-only";
import type { RecordFactsOptions } from "../domain/ledger/context";
import { publication } from "../publication";
import { identityCrypto } from "./identity";

export function buildRecordFactsOptions(now: Date): RecordFactsOptions {
  return { now, identity: identityCrypto(), timeZone: publication.timeZone };
}
