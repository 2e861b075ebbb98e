// Lists the messages that readers see. The writer of each message allowed its publication, a colleague approved it, and
// the payment was not returned in full.
import type { Db } from "../database";
import type { IdentityCrypto } from "../identity";
import { paymentStandingOf } from "../ledger/payment-standing";
import { messageOf, type TextByMessageField } from "./gift-message";
import { selectPublishedMessages } from "./store/messages";

export const MAX_PUBLISHED_MESSAGES = 3;
/**
 * How many messages are read from the database. It is more than MAX_PUBLISHED_MESSAGES, because messages whose payment
 * was returned are left out.
 */
const MAX_READ = 30;

/** A message as readers see it. It contains no id, day or amount. */
export type PublishedMessage = TextByMessageField;

export async function listPublishedMessages(
  db: Db,
  identity: Pick<IdentityCrypto, "open">,
): Promise<PublishedMessage[]> {
  const rows = await selectPublishedMessages(db, MAX_READ);
  const ofKeptPayments = rows.filter(({ payment }) => paymentStandingOf(payment).kept.amountMinor > 0);
  const words = ofKeptPayments.flatMap((row) => messageOf(row, identity).words ?? []);
  return words.slice(0, MAX_PUBLISHED_MESSAGES);
}
