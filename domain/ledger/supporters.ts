// Who gave, as far as Stripe told us. A supporter is found by any current address; what a recurring gift's customer gave follows the
// address that Stripe has for that customer, and nothing else does (docs/decisions/011-who-is-who.md).
import type { SealedAddress } from "../identity";
import { forRow, UNLESS_THERE } from "./many-rows";
import type { Recording } from "./recording";
import { addRow, findRow } from "./rows";

export type MailAddress = SealedAddress & { locale: string };

/** The supporter with this e-mail, made if new. Null where Stripe gave no address: the money is recorded all the same. */
export async function recordSupporter(
  recording: Recording,
  { email, locale }: { email: string | null; locale: string },
): Promise<string | null> {
  const sealed = email ? recording.identity.sealAddress(email) : null;
  if (!sealed) return null;
  const known = await findRow(recording.tx, "SupporterAddress", { emailHash: sealed.emailHash });
  if (known && known.until === null) return known.supporterId;
  const { tx, now } = recording;
  const supporter = await addRow(tx, "Supporter", { id: crypto.randomUUID(), locale, createdAt: now });
  await makeCurrent(recording, { supporterId: supporter.id, sealed });
  return supporter.id;
}

/** Whether this is a current address of theirs. */
export async function hasAddress(
  { tx, identity }: Recording,
  { supporterId, email }: { supporterId: string; email: string },
): Promise<boolean> {
  const emailHash = identity.hashOf(email);
  const known = emailHash ? await findRow(tx, "SupporterAddress", { emailHash }) : null;
  return known?.supporterId === supporterId && known.until === null;
}

/**
 * Whom a gift belongs to now that its customer has this address. A supporter of whom nothing but this customer's gifts are known is
 * the same person with another address, which then ends the old one. Null where it is no address.
 */
export async function followAddress(
  recording: Recording,
  told: { supporterId: string; customerId: string | null; email: string; locale: string },
): Promise<string | null> {
  const { tx, now } = recording;
  const { supporterId, customerId, email } = told;
  const sealed = recording.identity.sealAddress(email);
  if (!sealed) return null;
  const known = await findRow(tx, "SupporterAddress", { emailHash: sealed.emailHash });
  if (known && known.until === null) return known.supporterId;
  if (!customerId || (await hasOtherGifts(recording, { supporterId, customerId })))
    return recordSupporter(recording, told);
  await tx.supporterAddress.updateMany({ where: { supporterId, until: null }, data: { until: now } });
  await makeCurrent(recording, { supporterId, sealed });
  return supporterId;
}

/** One whose last gift has gone to another supporter is that one: the addresses stay as what they were, and open nothing. */
export async function leaveEmpty(recording: Recording, { from, to }: { from: string; to: string }): Promise<void> {
  const { tx, now } = recording;
  if (await tx.payment.findFirst({ where: { supporterId: from }, select: { id: true } })) return;
  if (await tx.recurringGift.findFirst({ where: { supporterId: from }, select: { id: true } })) return;
  await tx.supporterAddress.updateMany({ where: { supporterId: from, until: null }, data: { until: now } });
  await tx.supporterAddress.updateMany({ where: { supporterId: from }, data: { supporterId: to } });
  await tx.supporter.delete({ where: { id: from } });
}

/** Where a supporter's mail goes: the newest of their current addresses. Null where none is current. */
export async function findMailAddress({ tx }: Pick<Recording, "tx">, supporterId: string): Promise<MailAddress | null> {
  const [found] = await tx.$queryRaw<MailAddress[]>`
    SELECT "emailHash", "emailSealed", "locale" FROM "SupporterAddress" JOIN "Supporter" ON "Supporter"."id" = "supporterId"
    WHERE "supporterId" = ${supporterId} AND "until" IS NULL ORDER BY "since" DESC, "emailHash" LIMIT 1`;
  return found ?? null;
}

/** An address that has ended belongs to whoever gives with it next. */
async function makeCurrent(
  { tx, now }: Recording,
  { supporterId, sealed }: { supporterId: string; sealed: SealedAddress },
): Promise<void> {
  const row = { ...sealed, supporterId, since: now, until: null };
  const added = await tx.$executeRaw(...forRow({ table: "SupporterAddress", row, after: UNLESS_THERE }));
  if (added === 0)
    await tx.supporterAddress.update({ where: { emailHash: sealed.emailHash }, data: { ...row, until: null } });
}

async function hasOtherGifts(
  { tx }: Recording,
  { supporterId, customerId }: { supporterId: string; customerId: string },
): Promise<boolean> {
  const others = { OR: [{ customerId: null }, { customerId: { not: customerId } }] };
  const select = { id: true };
  return (
    (await tx.recurringGift.findFirst({ where: { supporterId, ...others }, select })) !== null ||
    (await tx.payment.findFirst({ where: { supporterId, recurringGiftId: null }, select })) !== null
  );
}
