// Erases a supporter. Their identity leaves the ledger; payments and recurring gifts stay, without it. Neither a late event, a repair
// from Stripe's objects nor a restored backup names them again (docs/decisions/014-erasure.md).
import type { Db } from "../database";
import type { Identity } from "../identity";
import type { LedgerContext, RecordOptions } from "./context";
import type { ErasureAt } from "./follow-ups";
import { queueMail } from "./outbox";
import {
  addErasedAddress,
  addErasure,
  clearPayments,
  deletePerson,
  listAddresses,
  listKnownSupporters,
} from "./store/erasures";
import { putFollowUp } from "./store/follow-ups";
import { changeRecurringGift, listRecurringGiftsOf } from "./store/recurring-gifts";
import { hasGifts, type MailAddress } from "./store/supporters";

/** A line of the list of erasures outside of the ledger. Without the site's own key nothing in it leads back to an address. */
export type ErasureNote = {
  supporterId: string;
  addressHashes: string[];
  /** Covers payments and gifts that began by then. */
  erasedAt: Date;
};

/** Notes that the supporter is to be erased, so that any process can finish it. Safe to repeat. `isSilent`: no mail says that it is done. */
export async function beginErasure(
  db: Db,
  { supporterId, isSilent, now }: { supporterId: string; isSilent: boolean; now: Date },
): Promise<void> {
  await db.$transaction((tx) => addErasure(tx, { supporterId, isSilent, beganAt: now }));
}

/** Null if the supporter does not exist any more. */
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
 * Null if the address cannot be opened, because its key was destroyed. Its owner can be erased all the same: the marks on Stripe's
 * objects do not need the hash.
 */
export function erasureHashOf(identity: Identity, emailSealed: string): string | null {
  try {
    return identity.erasureHashOf(identity.open(emailSealed));
  } catch {
    return null;
  }
}

/**
 * Erases the supporter here, and queues what Stripe must be asked, and with `tell` a last mail. Safe to repeat, even if the supporter
 * is gone: the addresses are stored all the same.
 */
export async function eraseSupporter(
  db: Db,
  { note, options, tell = null }: { note: ErasureNote; options: RecordOptions; tell?: LastMail | null },
): Promise<void> {
  const { supporterId, addressHashes, erasedAt } = note;
  await db.$transaction(async (tx) => {
    const context = { ...options, tx };
    for (const addressHash of addressHashes) await addErasedAddress(tx, { addressHash, erasedAt });
    const { paymentIntentIds, disputeIds } = await clearPayments(tx, { supporterId, erasedAt });
    for (const id of paymentIntentIds) await askToErase(context, { "erase-intent": id });
    for (const id of disputeIds) await askToErase(context, { "erase-evidence": id });
    for (const gift of await listRecurringGiftsOf(tx, supporterId)) {
      await changeRecurringGift(context, gift, { supporterId: null, erasedAt, paymentMethodId: null });
      await askToErase(context, { "erase-subscription": gift.subscriptionId, "erase-customer": gift.customerId });
    }
    await forgetIfEmpty(context, supporterId);
    if (tell) await queueLastMail(context, tell);
  });
}

/** The address of the mail that confirms the erasure. */
export type LastMail = { to: MailAddress; isNeutral: boolean };

/** Queues the last mail. Its row holds only the sealed address, which is emptied when the mail leaves or is given up. */
async function queueLastMail({ tx, now }: LedgerContext, { to, isNeutral }: LastMail): Promise<void> {
  const factKey = `erased:${crypto.randomUUID()}`;
  await queueMail(tx, { kind: "erased", factKey, to: { ...to, emailHash: "" }, values: { isNeutral }, now });
}

/** Queues a request to Stripe for each object, even during a repair: no event would ask for it later. */
export async function askToErase(
  { tx, now }: LedgerContext,
  objects: Partial<Record<ErasureAt, string | null>>,
): Promise<void> {
  for (const [at, id] of Object.entries(objects)) if (id) await putFollowUp(tx, { key: `${at}:${id}`, after: now });
}

/** Deletes a supporter whose last gift names nobody any more, with all that the ledger knows of them. */
export async function forgetIfEmpty({ tx, now }: LedgerContext, supporterId: string): Promise<void> {
  const isKnown = (await listKnownSupporters(tx, [supporterId])).length > 0;
  if (isKnown && !(await hasGifts(tx, supporterId))) await deletePerson(tx, supporterId, now);
}
