// A supporter's new address takes the place of an old one, once both are proven to be theirs (domain/supporters/address-change.ts).
// Stripe has the new address for their customers by then. Where it belongs to another supporter, the two become one.
import type { Db } from "../database";
import type { SealedAddress } from "../identity";
import type { RecordOptions } from "./context";
import { redirectMailOf } from "./store/outbox";
import { movePayments } from "./store/payments";
import { changeRecurringGift, listRecurringGiftsOf } from "./store/recurring-gifts";
import {
  endAddress,
  findAddress,
  findMailAddress,
  keepReceiptName,
  makeAddressCurrent,
  replaceSupporter,
} from "./store/supporters";

type Readdress = { supporterId: string; oldEmailHash: string; to: SealedAddress };

/** Returns the id of the supporter who has the gifts then. Safe to repeat. */
export async function readdressSupporter(
  db: Db,
  { change, options }: { change: Readdress; options: RecordOptions },
): Promise<string> {
  const { supporterId, oldEmailHash, to } = change;
  const { now } = options;
  return db.$transaction(async (tx) => {
    const address = await findAddress(tx, to.emailHash);
    const owner = address && address.until === null ? address.supporterId : supporterId;
    await movePayments(tx, { from: supporterId, to: owner, now });
    await endAddress(tx, oldEmailHash, now);
    if (owner === supporterId) await makeAddressCurrent(tx, { supporterId, sealed: to, now });
    else {
      for (const gift of await listRecurringGiftsOf(tx, supporterId))
        await changeRecurringGift(tx, gift, { supporterId: owner });
      await keepReceiptName(tx, { from: supporterId, to: owner });
      await replaceSupporter(tx, { from: supporterId, to: owner, now });
    }
    const mailbox = await findMailAddress(tx, owner);
    if (mailbox) await redirectMailOf(tx, oldEmailHash, mailbox);
    return owner;
  });
}
