// Who may open the newsroom. Addresses in STAFF_EMAILS are admins at once and for as long as they stand there; others are invited.
import type { Staff } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { SealedAddress } from "../../identity";
import { parseRole, type Role } from "./roles";
import { endStaffRows, findColleagueByHash, insertColleague, reopenStaffRows } from "./store";

/** `id`: names the colleague in the log of acts. */
export type Colleague = { id: string; role: Role };

/** `language`: the one that they chose; null until then. */
export type FoundColleague = Colleague & { language: string | null };

type Question = {
  emailHash: string;
  /** The addresses in STAFF_EMAILS. */
  roots: readonly SealedAddress[];
  now: Date;
};

/** Null for everyone who may not open the newsroom. */
export async function findColleague(db: Db | Tx, { emailHash, roots, now }: Question): Promise<FoundColleague | null> {
  const row = await findColleagueByHash(db, emailHash);
  const language = row?.language ?? null;
  if (isRoot({ emailHash }, roots)) return { id: row?.id ?? "", role: "admin", language };
  const role = row && hasAccess(row, now) ? parseRole(row.role) : null;
  return row && role ? { id: row.id, role, language } : null;
}

/**
 * Finds the colleague as findColleague() does, and gives an address in STAFF_EMAILS its row before its first act. `newId`: for that
 * row, 128 random bits or more.
 */
export async function getColleague(
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

/** Records who has left STAFF_EMAILS and who came back. Called at the site's start, because the setting changes only then. */
export async function recordRootChanges(db: Db, { roots, now }: Omit<Question, "emailHash">): Promise<void> {
  const hashes = roots.map(({ emailHash }) => emailHash);
  await endStaffRows(db, { role: ROOT_ROLE, except: hashes, now });
  await reopenStaffRows(db, { role: ROOT_ROLE, of: hashes });
}

/**
 * The role in a row that only STAFF_EMAILS made. It gives no right by itself, so an address that leaves the setting may not come in any
 * more.
 */
const ROOT_ROLE = "root";

/** The columns that a new row leaves empty. */
export const NEW_COLLEAGUE = {
  ...{ invitedBy: null, until: null, invitedUntil: null, acceptedAt: null },
  ...{ wantsSummary: false, language: null, recoverySealed: null },
} as const;

type Access = Pick<Staff, "role" | "until" | "invitedUntil" | "acceptedAt">;

/** False once the colleague was removed or left STAFF_EMAILS, and for an invitation that nobody accepted in time. */
export function hasAccess(row: Access, now: Date): boolean {
  return !wasRemoved(row) && !isExpired(row, now);
}

/**
 * True for a colleague who was removed. Expects an address that is not in STAFF_EMAILS, so a row that only that setting made counts as
 * removed.
 */
export function wasRemoved({ role, until }: Pick<Staff, "role" | "until">): boolean {
  return until !== null || role === ROOT_ROLE;
}

/** True for an invitation that nobody accepted in time. */
export function isExpired({ invitedUntil, acceptedAt }: Pick<Staff, "invitedUntil" | "acceptedAt">, now: Date) {
  return acceptedAt === null && invitedUntil !== null && invitedUntil <= now;
}

/** True for an address in STAFF_EMAILS. */
export function isRoot({ emailHash }: Pick<SealedAddress, "emailHash">, roots: readonly SealedAddress[]): boolean {
  return roots.some((root) => root.emailHash === emailHash);
}
