// The names of colleagues on the newsroom's pages: their address, which only colleagues see.
import "server-only";
import { selectColleagues } from "../../domain/newsroom/staff/store";
import type { Db } from "../database";
import { ownIdentity } from "../identity";

/** Maps each colleague's id to their name. A colleague whose address cannot be read any more is missing. */
export async function listColleagueNames(db: Db): Promise<ReadonlyMap<string, string>> {
  const identity = ownIdentity();
  const names = (await selectColleagues(db)).flatMap(({ id, emailSealed }) => {
    try {
      return [[id, identity.open(emailSealed)] as const];
    } catch {
      return [];
    }
  });
  return new Map(names);
}
