// Colleagues and their access. Everybody in the setting STAFF_EMAILS is an admin while the setting lists them. All
// others need an invitation.

import type { Staff } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { SealedAddress } from "../../identity";
import type { Role } from "../../staff-role";
import { parseRole } from "./roles";
import { findStaffRowByEmailHash, insertColleague, reinstateRemovedColleagues, removeStaffExcept } from "./store";

export type Colleague = { id: string; role: Role };

/** `language`: the language that the colleague chose; null if they have not chosen one. */
export type ColleagueWithLanguage = Colleague & { language: string | null };

type Question = {
  emailHash: string;
  /** The e-mail addresses in STAFF_EMAILS. */
  roots: readonly SealedAddress[];
  now: Date;
};

/**
 * Returns the colleague with this e-mail address; null if the person is not allowed to open the newsroom. `id`: "" for
 * an address in STAFF_EMAILS that has no row in Staff yet.
 */
export async function findColleague(
  db: Db | Tx,
  { emailHash, roots, now }: Question,
): Promise<ColleagueWithLanguage | null> {
  const row = await findStaffRowByEmailHash(db, emailHash);
  const language = row?.language ?? null;
  if (isRootAddress({ emailHash }, roots)) return { id: row?.id ?? "", role: "admin", language };
  const role = row && mayOpenNewsroomByStaffRow(row, now) ? parseRole(row.role) : null;
  return row && role ? { id: row.id, role, language } : null;
}

/**
 * Does the same as findColleague(). But if the address is in STAFF_EMAILS and has no row in Staff, first adds the row.
 * The returned colleague then has this row's id. `newId`: the id of the added row, with at least 128 random bits.
 */
export async function findColleagueOrAddRoot(
  db: Db,
  { emailHash, roots, newId, now }: Question & { newId: string },
): Promise<ColleagueWithLanguage | null> {
  const colleague = await findColleague(db, { emailHash, roots, now });
  if (colleague?.id !== "") return colleague;
  const root = roots.find((each) => each.emailHash === emailHash);
  if (!root) return null;
  await insertColleague(db, { ...NEW_COLLEAGUE_DEFAULTS, ...root, id: newId, role: ROOT_PLACEHOLDER_ROLE, since: now });
  return findColleague(db, { emailHash, roots, now });
}

/**
 * Removes colleagues who had access only through STAFF_EMAILS and are no longer listed there. Reinstates those who are
 * listed again. The site calls this function when it starts, because the setting can change only with a restart.
 */
export async function removeOrReinstateRootColleagues(
  db: Db,
  { roots, now }: Omit<Question, "emailHash">,
): Promise<void> {
  const hashes = roots.map(({ emailHash }) => emailHash);
  await removeStaffExcept(db, { role: ROOT_PLACEHOLDER_ROLE, exceptEmailHashes: hashes, now });
  await reinstateRemovedColleagues(db, { role: ROOT_PLACEHOLDER_ROLE, emailHashes: hashes });
}

/** The role in the row of a colleague who has access only through STAFF_EMAILS. The role itself grants no right. */
export const ROOT_PLACEHOLDER_ROLE = "root";

export const NEW_COLLEAGUE_DEFAULTS = {
  ...{ invitedBy: null, until: null, invitedUntil: null, acceptedAt: null },
  ...{ wantsSummary: false, language: null, recoverySealed: null },
} as const;

type Access = Pick<Staff, "role" | "until" | "invitedUntil" | "acceptedAt">;

/**
 * Returns true if the colleague's own row lets them open the newsroom. Does not read STAFF_EMAILS, which lists
 * colleagues who can always open it.
 */
export function mayOpenNewsroomByStaffRow(row: Access, now: Date): boolean {
  return !isRemovedOrRoot(row) && !isInvitationExpired(row, now);
}

/**
 * Returns true if the colleague was removed, or if the role is ROOT_PLACEHOLDER_ROLE. Does not read STAFF_EMAILS, so a
 * colleague who is listed there can still have access.
 */
export function isRemovedOrRoot({ role, until }: Pick<Staff, "role" | "until">): boolean {
  return until !== null || role === ROOT_PLACEHOLDER_ROLE;
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
