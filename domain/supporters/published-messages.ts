// The messages that every reader may see: allowed by their writer, approved by a colleague, and of a gift that was kept.
import type { Db } from "../database";
import type { Identity } from "../identity";
import { standingOf } from "../ledger/payment-standing";
import { type MessageWords, messageOf } from "./gift-message";
import { selectPublishedMessages } from "./store/messages";

export const MOST_PUBLISHED = 3;
/** The messages to look at: more than are shown, because some gifts may have gone back. */
const MOST_LOOKED_AT = 30;

/** No id, no day and no amount: nothing beside the words says who wrote them. */
export type PublishedMessage = MessageWords;

/** The newest first. */
export async function listPublishedMessages(db: Db, identity: Pick<Identity, "open">): Promise<PublishedMessage[]> {
  const rows = await selectPublishedMessages(db, MOST_LOOKED_AT);
  const kept = rows.filter(({ payment }) => standingOf(payment).kept.amountMinor > 0);
  const words = kept.flatMap((row) => messageOf(row, identity).words ?? []);
  return words.slice(0, MOST_PUBLISHED);
}
