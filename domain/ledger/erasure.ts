// Erases a supporter. Their identity leaves the ledger; their payments and recurring gifts stay without it. No late event, repair from
// Stripe's objects or restored backup brings the identity back (docs/decisions/014-erasure.md).
import type { Db } from "../database";
import type { Identity } from "../identity";
import type { LedgerContext, RecordOptions } from "./context";
import type { ErasureAt } from "./follow-ups";
import { queueMail } from "./outbox";
import {
  addErasedAddress,
  addErasure,
  deleteSupporterRows,
  listAddresses,
  listKnownSupporters,
  removeSupporterFromPayments,
} from "./store/erasures";
import { putFollowUp } from "./store/follow-ups";
import { changeRecurringGift, listRecurringGiftsOf } from "./store/recurring-gifts";
import { hasGifts, type MailAddress } from "./store/supporters";

/** A line in the list of erasures that is kept outside the ledger. Without the site's key, it cannot be linked to an e-mail address. */
export type ErasureNote = {
  supporterId: string;
  addressHashes: string[];
  /** The erasure covers payments and gifts that began before this time. */
  erasedAt: Date;
};

/** Records that the supporter must be erased, so that any process can finish it. Safe to repeat. `isSilent`: no mail confirms the erasure. */
export async function beginErasure(
  db: Db,
  { supporterId, isSilent, now }: { supporterId: string; isSilent: boolean; now: Date },
): Promise<void> {
  await db.$transaction((tx) => addErasure(tx, { supporterId, isSilent, beganAt: now }));
}

/** Null if the supporter no longer exists. */
export async function findErasureNote(
  db: Db,
  { supporterId, options }: { supporterId: string; options: RecordOptions },
): Promise<ErasureNote | null> {
  const { identity, now: erasedAt } = options;
  if ((await listKnownSupporters(db, [supporterId])).length === 0) return null;
  const addresses = await listAddresses(db, supporterId);
  const hashes = addresses.map(({ emailSealed }) => erasureHashOf(identity, emailSealed));
  return { supporterId, addressHashes: hashes.filter((hash) => hash !== null), erasedAt };
}

/**
 * Null if the e-mail address cannot be decrypted because its key was destroyed. Its owner can still be erased: recording the erasure in
 * Stripe's metadata does not need the hash.
 */
export function erasureHashOf(identity: Identity, emailSealed: string): string | null {
  try {
    return identity.erasureHashOf(identity.open(emailSealed));
  } catch {
    return null;
  }
}

/**
 * Erases the supporter from the ledger, and queues the requests to Stripe and, with `tell`, a confirmation mail. Safe to repeat: even if
 * the supporter is already erased, the hashes of their e-mail addresses are stored.
 */
export async function eraseSupporter(
  db: Db,
  { note, options, tell = null }: { note: ErasureNote; options: RecordOptions; tell?: ErasureConfirmation | null },
): Promise<void> {
  const { supporterId, addressHashes, erasedAt } = note;
  await db.$transaction(async (tx) => {
    const context = { ...options, tx };
    for (const addressHash of addressHashes) await addErasedAddress(tx, { addressHash, erasedAt });
    const { paymentIntentIds, disputeIds } = await removeSupporterFromPayments(tx, { supporterId, erasedAt });
    for (const id of paymentIntentIds) await queueErasureFollowUps(context, { "erase-intent": id });
    for (const id of disputeIds) await queueErasureFollowUps(context, { "erase-evidence": id });
    for (const gift of await listRecurringGiftsOf(tx, supporterId)) {
      await changeRecurringGift(context, gift, { supporterId: null, erasedAt, paymentMethodId: null });
      await queueErasureFollowUps(context, {
        "erase-subscription": gift.subscriptionId,
        "erase-customer": gift.customerId,
      });
    }
    await deleteSupporterIfEmpty(context, supporterId);
    if (tell) await queueConfirmation(context, tell);
  });
}

/** Where to confirm the erasure. `isNeutral`: the mail does not mention gifts. */
export type ErasureConfirmation = { to: MailAddress; isNeutral: boolean };

/** Queues the confirmation. Its row has only the sealed e-mail address, which is deleted when the mail is sent or given up. */
async function queueConfirmation({ tx, now }: LedgerContext, { to, isNeutral }: ErasureConfirmation): Promise<void> {
  const factKey = `erased:${crypto.randomUUID()}`;
  await queueMail(tx, { kind: "erased", factKey, to: { ...to, emailHash: "" }, values: { isNeutral }, now });
}

/** Queues an erasure request to Stripe for each object, even during a repair: no later event would queue it. */
export async function queueErasureFollowUps(
  { tx, now }: LedgerContext,
  objects: Partial<Record<ErasureAt, string | null>>,
): Promise<void> {
  for (const [at, id] of Object.entries(objects)) if (id) await putFollowUp(tx, { key: `${at}:${id}`, after: now });
}

/** Deletes a supporter without gifts, with all their data in the ledger. */
export async function deleteSupporterIfEmpty({ tx, now }: LedgerContext, supporterId: string): Promise<void> {
  const isKnown = (await listKnownSupporters(tx, [supporterId])).length > 0;
  if (isKnown && !(await hasGifts(tx, supporterId))) await deleteSupporterRows(tx, supporterId, now);
}
