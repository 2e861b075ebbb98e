// When staff looked up a supporter's address, for the supporter. Read from the log of acts, where nothing is changed or removed.
import type { Db } from "../../database";
import { REVEAL_REASONS, type RevealReason } from "./reasons";
import { listIdsOf, selectActsOfKind } from "./store/supporter";

/** Never says which colleague: the newsroom answers for all of them. */
export type Lookup = { at: Date; why: RevealReason; words: string | null };

/** Newest first. */
export async function listLookups(db: Db, supporterId: string): Promise<Lookup[]> {
  const about = (await listIdsOf(db, supporterId)).map((id) => `supporter:${id}`);
  const acts = await selectActsOfKind(db, { about, kind: "address-revealed" });
  return acts.map(({ at, after, reason }) => {
    const { why } = JSON.parse(after ?? "{}") as { why?: string };
    return { at, why: REVEAL_REASONS.find((each) => each === why) ?? "other", words: reason };
  });
}
