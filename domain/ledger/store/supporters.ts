import type { FormerSupporter, SupporterAddress } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { SealedAddress } from "../../identity";
import { addRow, findRow, IGNORE_CONFLICT, insertRows } from "./statements";

export type MailRecipient = SealedAddress & { locale: string };

export function findAddress(tx: Tx, emailHash: string): Promise<SupporterAddress | null> {
  return findRow(tx, "SupporterAddress", { emailHash });
}

export async function addSupporter(tx: Tx, { locale, now }: { locale: string; now: Date }): Promise<string> {
  const { id } = await addRow(tx, "Supporter", {
    id: crypto.randomUUID(),
    locale,
    createdAt: now,
    receiptNameSealed: null,
    lastPaidAt: null,
  });
  return id;
}

/** Makes this e-mail address current for the supporter, even if it belonged to another supporter before. */
export async function makeAddressCurrent(
  tx: Tx,
  { supporterId, sealed, now }: { supporterId: string; sealed: SealedAddress; now: Date },
): Promise<void> {
  const row = { ...sealed, supporterId, since: now, until: null };
  const added = await insertRows(tx, { into: "SupporterAddress", rows: [row], onConflict: IGNORE_CONFLICT });
  if (added === 0) await tx.supporterAddress.update({ where: { emailHash: sealed.emailHash }, data: row });
}

export async function endCurrentEmailAddresses(tx: Tx, supporterId: string, now: Date): Promise<void> {
  await tx.supporterAddress.updateMany({ where: { supporterId, until: null }, data: { until: now } });
}

/**
 * Moves the e-mail addresses and the choices about letters of the supporter `from`, who must have no gifts, to the
 * supporter `to`. Then deletes `from`.
 */
export async function mergeSupporterWhoHasNoGifts(
  tx: Tx,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<void> {
  await tx.supporterAddress.updateMany({ where: { supporterId: from }, data: { supporterId: to } });
  await moveLetterReader(tx, { from, to });
  await tx.mailRefusal.deleteMany({ where: { supporterId: from } });
  await tx.addressChange.deleteMany({ where: { supporterId: from } });
  await tx.erasure.deleteMany({ where: { supporterId: from } });
  await tx.supporter.delete({ where: { id: from } });
  await addDeletedOrMergedSupporter(tx, { id: from, becameId: to, at: now });
}

/**
 * Records the id of a deleted supporter. Does nothing if the ledger already has a record of this id. `becameId`: the id
 * of the supporter into whom the deleted supporter was merged, or null.
 */
export async function addDeletedOrMergedSupporter(tx: Tx, former: FormerSupporter): Promise<void> {
  await insertRows(tx, { into: "FormerSupporter", rows: [former], onConflict: IGNORE_CONFLICT });
}

/**
 * Copies the name for receipts from one supporter to another. Does nothing if the other supporter already has such a
 * name.
 */
export async function copyReceiptNameToSupporter(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  const { receiptNameSealed } = await tx.supporter.findUniqueOrThrow({ where: { id: from } });
  if (receiptNameSealed)
    await tx.supporter.updateMany({ where: { id: to, receiptNameSealed: null }, data: { receiptNameSealed } });
}

/**
 * Moves the choices about letters from the supporter `from` to the supporter `to`. If `to` already has choices about
 * letters, keeps them and deletes those of `from`.
 */
async function moveLetterReader(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  if (await tx.letterReader.findUnique({ where: { supporterId: to }, select: { id: true } }))
    await tx.letterReader.deleteMany({ where: { supporterId: from } });
  else await tx.letterReader.updateMany({ where: { supporterId: from }, data: { supporterId: to } });
}

export async function hasPaymentOrRecurringGift(tx: Tx, supporterId: string): Promise<boolean> {
  const query = { where: { supporterId }, select: { id: true } };
  return (await tx.payment.findFirst(query)) !== null || (await tx.recurringGift.findFirst(query)) !== null;
}

/**
 * Returns true if the supporter has a single gift, or a recurring gift that does not belong to this Stripe customer.
 */
export async function hasGiftsOutsideCustomer(tx: Tx, supporterId: string, customerId: string): Promise<boolean> {
  const others = { OR: [{ customerId: null }, { customerId: { not: customerId } }] };
  const select = { id: true };
  return (
    (await tx.recurringGift.findFirst({ where: { supporterId, ...others }, select })) !== null ||
    (await tx.payment.findFirst({ where: { supporterId, recurringGiftId: null }, select })) !== null
  );
}

/** Returns the current e-mail address with this hash. Returns null if no supporter currently has it. */
export async function findMailAddressByHash(db: Db | Tx, emailHash: string): Promise<MailRecipient | null> {
  const where = { emailHash, until: null };
  const found = await db.supporterAddress.findFirst({ where, include: { supporter: { select: { locale: true } } } });
  return found && { emailHash, emailSealed: found.emailSealed, locale: found.supporter.locale };
}

/** Ends one e-mail address of a supporter. The supporter's other addresses stay current. */
export async function endEmailAddress(tx: Tx, emailHash: string, now: Date): Promise<void> {
  await tx.supporterAddress.updateMany({ where: { emailHash, until: null }, data: { until: now } });
}

/** Returns the supporter's newest current e-mail address. Returns null if no address is current. */
export async function findMailAddress(tx: Db | Tx, supporterId: string): Promise<MailRecipient | null> {
  const [found] = await tx.$queryRaw<MailRecipient[]>`
    SELECT "emailHash", "emailSealed", "locale" FROM "SupporterAddress" JOIN "Supporter" ON "Supporter"."id" = "supporterId"
    WHERE "supporterId" = ${supporterId} AND "until" IS NULL ORDER BY "since" DESC, "emailHash" LIMIT 1`;
  return found ?? null;
}
