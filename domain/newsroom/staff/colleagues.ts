// Everybody in STAFF_EMAILS is an admin as long as the setting lists them. All other colleagues need an invitation.

import type { Staff } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { SealedAddress } from "../../identity";
import type { Role } from "../../staff-role";
import { parseRole } from "./roles";
import { findColleagueByHash, insertColleague, reinstateStaff, removeStaffExcept } from "./store";

export type Colleague = { id: string; role: Role };

/** `language`: the language that the colleague chose. Null if they have not chosen a language. */
export type FoundColleague = Colleague & { language: string | null };

type Question = {
  emailHash: string;
  /** The e-mail addresses in STAFF_EMAILS. */
  roots: readonly SealedAddress[];
  now: Date;
};

/** Returns null if the person may not open the newsroom. `id`: "" for an e-mail address in STAFF_EMAILS that has no row yet. */
export async function findColleague(db: Db | Tx, { emailHash, roots, now }: Question): Promise<FoundColleague | null> {
  const row = await findColleagueByHash(db, emailHash);
  const language = row?.language ?? null;
  if (isRootAddress({ emailHash }, roots)) return { id: row?.id ?? "", role: "admin", language };
  const role = row && hasAccess(row, now) ? parseRole(row.role) : null;
  return row && role ? { id: row.id, role, language } : null;
}

/** Adds the row of an address in STAFF_EMAILS if it is missing. `newId`: its id, with at least 128 random bits. */
export async function findOrAddColleague(
  db: Db,
  { emailHash, roots, newId, now }: Question & { newId: string },
): Promise<FoundColleague | null> {
  const colleague = await findColleague(db, { emailHash, roots, now });
  if (colleague?.id !== "") return colleague;
  const root = roots.find((each) => each.emailHash === emailHash);
  if (!root) return null;
  await insertColleague(db, { ...NEW_COLLEAGUE, ...root, id: newId, role: ROOT_ROLE, since: now });
  return findColleague(db, { emailHash, roots, now });
}

/** Call it when the site starts, because the setting can only change with a restart. */
export async function recordRootChanges(db: Db, { roots, now }: Omit<Question, "emailHash">): Promise<void> {
  const hashes = roots.map(({ emailHash }) => emailHash);
  await removeStaffExcept(db, { role: ROOT_ROLE, except: hashes, now });
  await reinstateStaff(db, { role: ROOT_ROLE, of: hashes });
}

/** The role of a row that exists only because of STAFF_EMAILS. By itself it grants no right. */
const ROOT_ROLE = "root";

export const NEW_COLLEAGUE = {
  ...{ invitedBy: null, until: null, invitedUntil: null, acceptedAt: null },
  ...{ wantsSummary: false, language: null, recoverySealed: null },
} as const;

type Access = Pick<Staff, "role" | "until" | "invitedUntil" | "acceptedAt">;

/** Use it only for a colleague who is not in STAFF_EMAILS. */
export function hasAccess(row: Access, now: Date): boolean {
  return !isRemovedOrFormerRoot(row) && !isInvitationExpired(row, now);
}

/** Use it only for a colleague who is not in STAFF_EMAILS: a row with ROOT_ROLE counts as removed. */
export function isRemovedOrFormerRoot({ role, until }: Pick<Staff, "role" | "until">): boolean {
  return until !== null || role === ROOT_ROLE;
}

export function isInvitationExpired(
  { invitedUntil, acceptedAt }: Pick<Staff, "invitedUntil" | "acceptedAt">,
  now: Date,
) {
  return acceptedAt === null && invitedUntil !== null && invitedUntil <= now;
}

export function isRootAddress(
  { emailHash }: Pick<SealedAddress, "emailHash">,
  roots: readonly SealedAddress[],
): boolean {
  return roots.some((root) => root.emailHash === emailHash);
}
