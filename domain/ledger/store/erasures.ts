import type { Erasure, SupporterAddress } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { ErasureFollowUpKind } from "../follow-ups";
import { TABLES_WITH_ROWS_TO_ERASE } from "../personal-tables";
import { deleteRows, findRow, insertRows } from "./statements";
import { addDeletedOrMergedSupporter } from "./supporters";

export async function findAddressErasureTime(tx: Tx, addressHash: string | null): Promise<Date | null> {
  return addressHash ? ((await findRow(tx, "ErasedAddress", { addressHash }))?.erasedAt ?? null) : null;
}

/**
 * Stores the hash of an erased e-mail address. If the address is erased twice, keeps the later time, because payments
 * up to that time must not name the person again.
 */
export async function addErasedAddress(tx: Tx, row: { addressHash: string; erasedAt: Date }): Promise<void> {
  const onConflict = `ON CONFLICT ("addressHash") DO UPDATE SET "erasedAt" = excluded."erasedAt"
    WHERE excluded."erasedAt" > "ErasedAddress"."erasedAt"`;
  await insertRows(tx, { into: "ErasedAddress", rows: [row], onConflict });
}

/**
 * Adds an erasure, unless the supporter already has one. If `erasure` is silent, makes the existing erasure silent,
 * too.
 */
export async function addErasure(tx: Tx, erasure: Erasure): Promise<void> {
  const { supporterId, isSilent } = erasure;
  await tx.erasure.upsert({ where: { supporterId }, update: isSilent ? { isSilent } : {}, create: erasure });
}

export async function hasErasureWithoutConfirmationMail(db: Db, supporterId: string): Promise<boolean> {
  return (await db.erasure.count({ where: { supporterId, isSilent: true } })) > 0;
}

/**
 * Returns true if this address belongs to a supporter who is being erased without a confirmation by e-mail. Also
 * returns true if the supporter has requested a change to this address that is not finished yet.
 */
export async function isBeingErasedWithoutMail(db: Db, emailHash: string): Promise<boolean> {
  const silent = await db.erasure.findMany({ where: { isSilent: true }, select: { supporterId: true } });
  if (silent.length === 0) return false;
  const supporterId = { in: silent.map((erasure) => erasure.supporterId) };
  const own = await db.supporterAddress.count({ where: { emailHash, supporterId } });
  return own > 0 || (await db.addressChange.count({ where: { newEmailHash: emailHash, supporterId } })) > 0;
}

export function listUnfinishedErasures(db: Db): Promise<Erasure[]> {
  return db.erasure.findMany({ orderBy: { beganAt: "asc" } });
}

export async function isBeingErased(db: Db, supporterId: string): Promise<boolean> {
  return (await db.erasure.count({ where: { supporterId } })) > 0;
}

export async function hasDisputes(db: Db, supporterId: string): Promise<boolean> {
  return (await db.dispute.count({ where: { payment: { supporterId } } })) > 0;
}

/** Lists the supporter's e-mail addresses, including former addresses. */
export function listCurrentAndFormerEmailAddresses(db: Db | Tx, supporterId: string): Promise<SupporterAddress[]> {
  return db.supporterAddress.findMany({ where: { supporterId } });
}

export function listAllSupporterAddresses(db: Db): Promise<SupporterAddress[]> {
  return db.supporterAddress.findMany();
}

export async function selectExistingSupporterIds(db: Db | Tx, ids: string[]): Promise<string[]> {
  return (await db.supporter.findMany({ where: { id: { in: ids } }, select: { id: true } })).map(({ id }) => id);
}

/**
 * Removes the supporter from their payments, and deletes their messages and drafts of evidence. Returns the ids of the
 * single gifts' payment intents, and the ids of the undecided disputes. At Stripe, the erasure must still change these
 * objects.
 */
export async function eraseSupporterFromPayments(
  tx: Tx,
  { supporterId, erasedAt }: { supporterId: string; erasedAt: Date },
): Promise<{ paymentIntentIds: string[]; disputeIds: string[] }> {
  const single = { supporterId, recurringGiftId: null };
  const payments = await tx.payment.findMany({ where: single, select: { paymentIntentId: true } });
  const disputeIds = await deleteEvidence(tx, supporterId);
  await tx.giftMessage.deleteMany({ where: { payment: { supporterId } } });
  await tx.payment.updateMany({ where: single, data: { supporterId: null, erasedAt } });
  await tx.payment.updateMany({ where: { supporterId }, data: { supporterId: null } });
  return { paymentIntentIds: payments.flatMap(({ paymentIntentId }) => paymentIntentId ?? []), disputeIds };
}

const DECIDED = ["won", "lost", "warning_closed", "prevented"];

/**
 * Deletes the drafts of evidence for the supporter's disputes. Returns the ids of the undecided disputes, because
 * Stripe can still have evidence for them.
 */
async function deleteEvidence(tx: Tx, supporterId: string): Promise<string[]> {
  const disputes = await tx.dispute.findMany({
    where: { payment: { supporterId } },
    select: { id: true, status: true },
  });
  if (disputes.length > 0)
    await tx.disputeDraft.deleteMany({ where: { disputeId: { in: disputes.map(({ id }) => id) } } });
  return disputes.filter(({ status }) => !DECIDED.includes(status)).map(({ id }) => id);
}

/** Deletes a supporter and all their rows (TABLES_WITH_ROWS_TO_ERASE). The supporter must have no gifts. */
export async function deleteSupporterAndPersonalRows(tx: Tx, supporterId: string, now: Date): Promise<void> {
  const change = await tx.addressChange.findUnique({ where: { supporterId }, select: { newEmailHash: true } });
  const addresses = await listCurrentAndFormerEmailAddresses(tx, supporterId);
  // Includes a new address that the supporter has not confirmed. It has no row in SupporterAddress, but e-mails to it
  // can be queued.
  const hashes = [...addresses.map(({ emailHash }) => emailHash), ...(change ? [change.newEmailHash] : [])];
  for (const { table, by } of TABLES_WITH_ROWS_TO_ERASE)
    for (const value of by === "supporterId" ? [supporterId] : hashes) await deleteRows(tx, table, { [by]: value });
  // If the supporter is also a colleague and gave free seats to others, those seats stay valid. Their rows only lose
  // the hash of the colleague's address.
  await tx.freeSeat.updateMany({ where: { givenBy: { in: hashes } }, data: { givenBy: "" } });
  await tx.supporter.delete({ where: { id: supporterId } });
  await addDeletedOrMergedSupporter(tx, { id: supporterId, becameId: null, at: now });
}

/**
 * Returns when the supporter of this payment or recurring gift was erased. Returns null if they were not, and for other
 * or unknown objects.
 */
export async function findSupporterErasureTimeByStripeObject(
  db: Db,
  { at: kind, id }: { at: ErasureFollowUpKind; id: string },
): Promise<Date | null> {
  const select = { erasedAt: true };
  if (kind === "erase-customer" || kind === "erase-evidence") return null;
  const row =
    kind === "erase-intent"
      ? await db.payment.findUnique({ where: { paymentIntentId: id }, select })
      : await db.recurringGift.findUnique({ where: { subscriptionId: id }, select });
  return row?.erasedAt ?? null;
}

export async function deleteFinishedErasure(db: Db, supporterId: string): Promise<void> {
  await db.erasure.deleteMany({ where: { supporterId } });
}
