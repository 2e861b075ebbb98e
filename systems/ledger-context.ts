import "server-only";
import type { RecordOptions } from "../domain/ledger/context";
import { publication } from "../publication";
import { ownIdentity } from "./identity";

export function ledgerContext(now: Date): RecordOptions {
  return { now, identity: ownIdentity(), timeZone: publication.timeZone };
}
