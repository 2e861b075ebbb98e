import "server-only";
import { randomUUID } from "node:crypto";
import type { RecordAppealChangeInAuditLog } from "../../domain/appeal/audit-log-recorder";
import type { SealedAddress } from "../../domain/identity";
import type { OnlyKnownNames } from "../../domain/known-names";
import type { StaffActValues } from "../../domain/newsroom/staff/act-values";
import { appendToAuditLog, type NewStaffAct } from "../../domain/newsroom/staff/acts";
import {
  type Colleague,
  type ColleagueWithLanguage,
  findColleague,
  findColleagueOrAddRoot,
} from "../../domain/newsroom/staff/colleagues";
import type { StaffChangeContext } from "../../domain/newsroom/staff/manage";
import { findColleagueById } from "../../domain/newsroom/staff/store";
import { maskEmail } from "../../domain/supporters/signed-in-person";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import type { Db, Tx } from "../database";
import { env } from "../env";
import { identityCrypto, keyedHash } from "../identity";

/**
 * Returns the hash and the encrypted form of each e-mail address in STAFF_EMAILS. Colleagues with these addresses are
 * admins.
 */
export function listRootAddresses(): SealedAddress[] {
  const identity = identityCrypto();
  return env().STAFF_EMAILS.flatMap((email) => identity.sealAddress(email) ?? []);
}

export function findColleagueByEmailHash(db: Db, emailHash: string): Promise<ColleagueWithLanguage | null> {
  return findColleague(db, { emailHash, roots: listRootAddresses(), now: currentTime() });
}

export function staffChangeContext(): StaffChangeContext {
  return { roots: listRootAddresses(), locale: publication.defaultLanguage, now: currentTime() };
}

/**
 * Returns the colleague with this e-mail hash; null for anybody else. If a colleague in STAFF_EMAILS has no row yet,
 * adds it, because audit log entries refer to it.
 */
export function findColleagueOrAddRootByEmailHash(db: Db, emailHash: string): Promise<ColleagueWithLanguage | null> {
  return findColleagueOrAddRoot(db, { emailHash, roots: listRootAddresses(), newId: randomUUID(), now: currentTime() });
}

/** Returns the colleague's masked e-mail address; an empty text if the row no longer exists. */
export async function findMaskedColleagueAddress(db: Db, id: string): Promise<string> {
  const row = await findColleagueById(db, id);
  return row ? maskEmail(identityCrypto().open(row.emailSealed)) : "";
}

type ActToRecord<Before, After> = Omit<NewStaffAct, "now" | "before" | "after"> & {
  before?: Before & OnlyKnownNames<Before, StaffActValues>;
  after?: After & OnlyKnownNames<After, StaffActValues>;
};

/**
 * Adds an entry to the audit log. Call it in the transaction that makes the change. The type check refuses a value whose
 * name is not in StaffActValues.
 */
export function recordActInAuditLog<Before extends Partial<StaffActValues>, After extends Partial<StaffActValues>>(
  tx: Tx,
  act: ActToRecord<Before, After>,
): Promise<void> {
  return appendToAuditLog(tx, { ...act, now: currentTime() }, keyedHashOfAuditEntry);
}

/**
 * Returns a function that adds entries in the colleague's name. With null, the audit log says that the site acted by
 * itself.
 */
export function auditLogRecorderFor(colleague: Colleague | null): RecordAppealChangeInAuditLog {
  return (tx, act) => recordActInAuditLog(tx, { ...act, colleague });
}

/**
 * Returns the keyed hash of an audit log entry. Somebody who can write to the database, but does not have the key,
 * cannot compute valid hashes.
 */
export function keyedHashOfAuditEntry(text: string): string {
  return keyedHash("log of acts", text).toString("base64url");
}
