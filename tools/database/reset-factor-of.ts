import { resetSecondFactors } from "../../domain/newsroom/staff/manage";
import { findStaffRowByEmailHash } from "../../domain/newsroom/staff/store";
import { recordActInAuditLog, staffChangeContext } from "../../systems/auth/staff";
import type { Db } from "../../systems/database";
import { identityCrypto } from "../../systems/identity";
import { CommandError } from "../run/console.mjs";

/**
 * Removes the second factor of the colleague whose address `args` names, and signs the colleague out. Returns a text
 * for the operator. Throws a CommandError that says why nothing was done.
 */
export async function resetSecondFactorByCommand(db: Db, args: readonly string[]): Promise<string> {
  const [address, ...more] = args;
  if (!address || more.length > 0) throw new CommandError("npm run staff:reset-factor -- ADDRESS");
  const emailHash = identityCrypto().hashOf(address);
  if (!emailHash) throw new CommandError(`${address} is not a valid e-mail address.`);
  const row = await findStaffRowByEmailHash(db, emailHash);
  if (!row || row.until !== null) throw new CommandError(`${address} has never opened the newsroom, or was removed.`);
  await db.$transaction(async (tx) => {
    await resetSecondFactors(tx, row.id, staffChangeContext());
    const act = { kind: "factor-reset", about: `staff:${row.id}`, reason: "npm run staff:reset-factor" } as const;
    await recordActInAuditLog(tx, { colleague: null, ...act });
  });
  return `${address} is signed out and must set up a new app at the next visit. A mail tells them so.`;
}
