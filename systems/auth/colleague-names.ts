// Colleagues as the others see them: the address, shortened.
import "server-only";
import { findStaffByIds } from "../../domain/newsroom/store/work";
import { maskEmail } from "../../domain/supporters/viewer";
import type { Db } from "../database";
import { ownIdentity } from "../identity";

/** `unknown`: the name of somebody whose row is gone. */
export async function nameColleagues(
  db: Db,
  { ids, unknown }: { ids: readonly string[]; unknown: string },
): Promise<(id: string) => string> {
  const identity = ownIdentity();
  const rows = await findStaffByIds(db, [...new Set(ids)]);
  const names = new Map(rows.map(({ id, emailSealed }) => [id, maskEmail(identity.open(emailSealed))]));
  return (id) => names.get(id) ?? unknown;
}
