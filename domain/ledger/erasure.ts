// Deletes a supporter's identity from the ledger, and keeps their payments and recurring gifts without it
// (docs/decisions/014-erasure.md).
import type { Db } from "../database";
import type { IdentityCrypto } from "../identity";
import type { LedgerContext, RecordFactsOptions } from "./context";
import type { ErasureFollowUpKind } from "./follow-ups";
import { queueMail } from "./outbox";
import {
  addErasedAddress,
  addErasure,
  deleteSupporterAndPersonalRows,
  eraseSupporterFromPayments,
  listCurrentAndFormerEmailAddresses,
  selectExistingSupporterIds,
} from "./store/erasures";
import { upsertFollowUp } from "./store/follow-ups";
import { changeRecurringGift, listRecurringGiftsOf } from "./store/recurring-gifts";
import { hasPaymentOrRecurringGift, type MailRecipient } from "./store/supporters";

/** One line of the list of erasures. systems/erasure-list.ts keeps the list in a file outside the ledger. */
export type ErasureListEntry = {
  supporterId: string;
  addressHashes: string[];
  erasedAt: Date;
};

/**
 * Records that an erasure has begun. Repeated calls are safe. `isSilent`: true if no e-mail may confirm the erasure.
 */
export async function beginErasure(
  db: Db,
  { supporterId, isSilent, now }: { supporterId: string; isSilent: boolean; now: Date },
): Promise<void> {
  await db.$transaction((tx) => addErasure(tx, { supporterId, isSilent, beganAt: now }));
}

/** Returns the supporter's entry for the list of erasures. Returns null if the supporter no longer exists. */
export async function buildErasureListEntry(
  db: Db,
  { supporterId, options }: { supporterId: string; options: RecordFactsOptions },
): Promise<ErasureListEntry | null> {
  const { identity, now: erasedAt } = options;
  if ((await selectExistingSupporterIds(db, [supporterId])).length === 0) return null;
  const addresses = await listCurrentAndFormerEmailAddresses(db, supporterId);
  const hashes = addresses.map(({ emailSealed }) => erasureHashOf(identity, emailSealed));
  return { supporterId, addressHashes: hashes.filter((hash) => hash !== null), erasedAt };
}

/**
 * Returns the hash by which an erased e-mail address is recognised. Returns null if the address cannot be decrypted,
 * for example because its key was destroyed.
 */
export function erasureHashOf(identity: IdentityCrypto, emailSealed: string): string | null {
  try {
    return identity.erasureHashOf(identity.open(emailSealed));
  } catch {
    return null;
  }
}

/**
 * Erases the supporter from the ledger, and queues requests to erase them at Stripe. If the supporter has already been
 * erased, a call still stores the hashes of the e-mail addresses.
 */
export async function eraseSupporter(
  db: Db,
  {
    note,
    options,
    confirmation = null,
  }: { note: ErasureListEntry; options: RecordFactsOptions; confirmation?: ErasureDoneMail | null },
): Promise<void> {
  const { supporterId, addressHashes, erasedAt } = note;
  await db.$transaction(async (tx) => {
    const context = { ...options, tx };
    for (const addressHash of addressHashes) await addErasedAddress(tx, { addressHash, erasedAt });
    const { paymentIntentIds, disputeIds } = await eraseSupporterFromPayments(tx, { supporterId, erasedAt });
    for (const id of paymentIntentIds) await queueErasuresAtStripe(context, { "erase-intent": id });
    for (const id of disputeIds) await queueErasuresAtStripe(context, { "erase-evidence": id });
    for (const gift of await listRecurringGiftsOf(tx, supporterId)) {
      await changeRecurringGift(context, gift, { supporterId: null, erasedAt, paymentMethodId: null });
      await queueErasuresAtStripe(context, {
        "erase-subscription": gift.subscriptionId,
        "erase-customer": gift.customerId,
      });
    }
    await deleteSupporterIfWithoutGifts(context, supporterId);
    if (confirmation) await queueConfirmation(context, confirmation);
  });
}

/** The confirmation of an erasure. `isNeutral`: the e-mail does not mention gifts. */
export type ErasureDoneMail = { to: MailRecipient; isNeutral: boolean };

/**
 * Queues the e-mail that confirms the erasure. Stores no hash of the address in the outbox row, because the row is kept
 * after the e-mail is sent.
 */
async function queueConfirmation({ tx, now }: LedgerContext, { to, isNeutral }: ErasureDoneMail): Promise<void> {
  const factKey = `erased:${crypto.randomUUID()}`;
  await queueMail(tx, { kind: "erased", factKey, to: { ...to, emailHash: "" }, values: { isNeutral }, now });
}

/**
 * Queues requests to erase the supporter from these objects at Stripe. Queues the requests even if `silent` is true in
 * the context, because no later event would queue them.
 */
export async function queueErasuresAtStripe(
  { tx, now }: LedgerContext,
  objects: Partial<Record<ErasureFollowUpKind, string | null>>,
): Promise<void> {
  for (const [at, id] of Object.entries(objects)) if (id) await upsertFollowUp(tx, { key: `${at}:${id}`, after: now });
}

export async function deleteSupporterIfWithoutGifts({ tx, now }: LedgerContext, supporterId: string): Promise<void> {
  const isKnown = (await selectExistingSupporterIds(tx, [supporterId])).length > 0;
  if (isKnown && !(await hasPaymentOrRecurringGift(tx, supporterId)))
    await deleteSupporterAndPersonalRows(tx, supporterId, now);
}
