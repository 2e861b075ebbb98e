import "server-only";
import { selectColleagues } from "../../domain/newsroom/staff/store";
import type { Db } from "../database";
import { identityCrypto } from "../identity";

/**
 * Returns the e-mail addresses of colleagues by their id. Leaves out a colleague whose address can no longer be
 * decrypted.
 */
export async function listColleagueAddresses(db: Db): Promise<ReadonlyMap<string, string>> {
  const identity = identityCrypto();
  const names = (await selectColleagues(db)).flatMap(({ id, emailSealed }) => {
    try {
      return [[id, identity.open(emailSealed)] as const];
    } catch {
      return [];
    }
  });
  return new Map(names);
}
