// Public messages: the writer allowed it, a colleague approved it, and the payment was not returned in full.
import type { Db } from "../database";
import type { Identity } from "../identity";
import { paymentStandingOf } from "../ledger/payment-standing";
import { type MessageWords, messageOf } from "./gift-message";
import { selectPublishedMessages } from "./store/messages";

export const MAX_PUBLISHED_MESSAGES = 3;
/** The maximum number of messages to read. More than MAX_PUBLISHED_MESSAGES, because some payments may have been returned. */
const MAX_READ = 30;

/** Contains no id, day or amount. */
export type PublishedMessage = MessageWords;

export async function listPublishedMessages(db: Db, identity: Pick<Identity, "open">): Promise<PublishedMessage[]> {
  const rows = await selectPublishedMessages(db, MAX_READ);
  const ofKeptPayments = rows.filter(({ payment }) => paymentStandingOf(payment).kept.amountMinor > 0);
  const words = ofKeptPayments.flatMap((row) => messageOf(row, identity).words ?? []);
  return words.slice(0, MAX_PUBLISHED_MESSAGES);
}
