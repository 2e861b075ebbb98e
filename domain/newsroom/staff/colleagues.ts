// Who may open the newsroom. Addresses in STAFF_EMAILS are admins at once and for as long as they stand there; others are invited.
import type { Db } from "../../database";
import type { SealedAddress } from "../../identity";
import { parseRole, type Role } from "./roles";
import { findColleagueByHash, insertColleague } from "./store";

/** `id`: names the colleague in the log of acts. */
export type Colleague = { id: string; role: Role };

type Question = {
  emailHash: string;
  /** The addresses in STAFF_EMAILS. */
  roots: readonly SealedAddress[];
};

/** Null for everyone who may not open the newsroom. */
export async function findColleague(db: Db, { emailHash, roots }: Question): Promise<Colleague | null> {
  const row = await findColleagueByHash(db, emailHash);
  if (roots.some((root) => root.emailHash === emailHash)) return { id: row?.id ?? "", role: "admin" };
  const role = row && row.until === null ? parseRole(row.role) : null;
  return row && role ? { id: row.id, role } : null;
}

/**
 * The same, and gives an address in STAFF_EMAILS its row before its first act. `newId`: for that row, 128 random bits or more.
 */
export async function getColleague(
  db: Db,
  { emailHash, roots, newId, now }: Question & { newId: string; now: Date },
): Promise<Colleague | null> {
  const colleague = await findColleague(db, { emailHash, roots });
  if (colleague?.id !== "") return colleague;
  const root = roots.find((each) => each.emailHash === emailHash);
  if (!root) return null;
  await insertColleague(db, { ...root, id: newId, role: "admin", invitedBy: null, since: now, until: null });
  return findColleague(db, { emailHash, roots });
}
