import type { Db } from "../../database";
import { ADDRESS_REVEAL_REASONS, type AddressRevealReason } from "./reasons";
import { listSupporterAndMergedIds, selectActsOfKind } from "./store/supporter";

/**
 * When and why a colleague looked up the supporter's e-mail address. The supporter can read this. It does not contain
 * the colleague's name, because the newsroom, not a single colleague, is responsible to the supporter.
 */
export type StaffLookupOfSupporterAddress = { at: Date; why: AddressRevealReason; words: string | null };

export async function listAddressLookupsByStaff(db: Db, supporterId: string): Promise<StaffLookupOfSupporterAddress[]> {
  const about = (await listSupporterAndMergedIds(db, supporterId)).map((id) => `supporter:${id}`);
  const acts = await selectActsOfKind(db, { about, kind: "address-revealed" });
  return acts.map(({ at, after, reason }) => {
    const { why } = JSON.parse(after ?? "{}") as { why?: string };
    return { at, why: ADDRESS_REVEAL_REASONS.find((each) => each === why) ?? "other", words: reason };
  });
}
