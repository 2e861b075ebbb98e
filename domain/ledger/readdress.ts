// Changes a supporter's e-mail address. If the new address belongs to another supporter, the two supporters are merged.
import type { Db, Tx } from "../database";
import type { SealedAddress } from "../identity";
import type { RecordFactsOptions } from "./context";
import { rederiveFirstAndLastPayment } from "./first-payments";
import { setSupporterKindOfGifts } from "./movements";
import { queueMail } from "./outbox";
import { upsertFollowUp } from "./store/follow-ups";
import { redirectUnsentMailOf } from "./store/outbox";
import { reassignPaymentsToSupporter } from "./store/payments";
import { changeRecurringGift, listRecurringGiftsOf } from "./store/recurring-gifts";
import {
  copyReceiptNameToSupporter,
  endEmailAddress,
  findAddress,
  findMailAddressByHash as findCurrentAddress,
  findMailAddress,
  type MailRecipient,
  makeAddressCurrent,
  mergeSupporterWhoHasNoGifts,
} from "./store/supporters";

/**
 * `id`: the id of the change. Because of it, each mailbox gets only one e-mail that confirms that the address was
 * changed.
 */
type AddressChange = { id: string; supporterId: string; oldEmailHash: string; to: SealedAddress };

/**
 * Changes a supporter's address to `to`. Returns the id of the supporter who then owns `to`. Queues an e-mail to `to`.
 * If the old address was still current before this call, also queues an e-mail to it. Repeated calls are safe.
 */
export async function changeSupporterAddress(
  db: Db,
  { change, options }: { change: AddressChange; options: RecordFactsOptions },
): Promise<string> {
  const { supporterId, oldEmailHash, to } = change;
  const { now } = options;
  return db.$transaction(async (tx) => {
    const context = { ...options, tx };
    const left = await findCurrentAddress(tx, oldEmailHash);
    const address = await findAddress(tx, to.emailHash);
    const owner = address && address.until === null ? address.supporterId : supporterId;
    for (const paymentIntentId of await reassignPaymentsToSupporter(tx, { from: supporterId, to: owner, now }))
      await upsertFollowUp(tx, { key: `readdress-intent:${paymentIntentId}`, after: now });
    if (owner !== supporterId) await rederiveFirstAndLastPayment(context, owner);
    await endEmailAddress(tx, oldEmailHash, now);
    if (owner === supporterId) await makeAddressCurrent(tx, { supporterId, sealed: to, now });
    else {
      for (const gift of await listRecurringGiftsOf(tx, supporterId))
        await changeRecurringGift(context, gift, { supporterId: owner });
      await setSupporterKindOfGifts(context, owner);
      await copyReceiptNameToSupporter(tx, { from: supporterId, to: owner });
      await mergeSupporterWhoHasNoGifts(tx, { from: supporterId, to: owner, now });
    }
    const mailbox = await findMailAddress(tx, owner);
    if (mailbox) await redirectUnsentMailOf(tx, oldEmailHash, mailbox);
    // The e-mail to the old address does not contain the new address, because a stranger could read the e-mail.
    if (left) await queueConfirmation(tx, "address-left", { to: left, id: change.id, now });
    if (mailbox) await queueConfirmation(tx, "address-changed", { to: { ...mailbox, ...to }, id: change.id, now });
    return owner;
  });
}

async function queueConfirmation(
  tx: Tx,
  kind: "address-left" | "address-changed",
  { to, id, now }: { to: MailRecipient; id: string; now: Date },
): Promise<void> {
  await queueMail(tx, { kind, factKey: `${kind}:${id}`, to, values: {}, now });
}
