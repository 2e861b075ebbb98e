// Database statements about the outbox, the queue of mail.
import type { OutboxMail } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { IGNORE_CONFLICT, insertRows } from "./statements";
import type { MailAddress } from "./supporters";

/** Adds a mail. False if a mail with the same `factKey` already exists. */
export async function addMail(
  tx: Tx,
  mail: Omit<OutboxMail, "attempts" | "heldUntil" | "lastError" | "sentAt">,
): Promise<boolean> {
  return (await insertRows(tx, { into: "OutboxMail", rows: [mail], onConflict: IGNORE_CONFLICT })) > 0;
}

/** Redirects unsent mail to another e-mail address. `factKeys`: whole keys. `beginnings`: prefixes of keys. */
export async function redirectUnsentMail(
  tx: Tx,
  { factKeys, beginnings }: { factKeys: string[]; beginnings: string[] },
  to: MailAddress,
): Promise<void> {
  const begins = beginnings.map((startsWith) => ({ factKey: { startsWith } }));
  await tx.outboxMail.updateMany({
    where: { sendAfter: { not: null }, OR: [{ factKey: { in: factKeys } }, ...begins] },
    data: { personHash: to.emailHash, toSealed: to.emailSealed, locale: to.locale },
  });
}

/** Withdraws unsent mail whose key begins with `keyPrefix`, except the mail `except`, and deletes its e-mail address and values. */
export async function withdrawUnsentMail(
  tx: Tx,
  keyPrefix: string,
  { except }: { except?: string } = {},
): Promise<void> {
  const others = except === undefined ? {} : { NOT: { factKey: except } };
  await tx.outboxMail.updateMany({
    where: { factKey: { startsWith: keyPrefix }, sendAfter: { not: null }, ...others },
    data: { sendAfter: null, heldUntil: null, toSealed: "", values: "{}", lastError: null },
  });
}

/**
 * Redirects unsent mail from one e-mail address to another. Does not redirect links that prove an address, nor the mail that confirms to
 * the old address that it is no longer used.
 */
export async function redirectMailOf(tx: Tx, emailHash: string, to: MailAddress): Promise<void> {
  await tx.outboxMail.updateMany({
    where: {
      sendAfter: { not: null },
      personHash: emailHash,
      kind: { notIn: ["sign-in", "address-old", "address-new", "address-left"] },
    },
    data: { personHash: to.emailHash, toSealed: to.emailSealed, locale: to.locale },
  });
}

/** Makes an unsent mail due now. False if it was sent, is already due, or is being sent. */
export async function makeMailDueNow(tx: Tx, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const { count } = await tx.outboxMail.updateMany({
    where: { id, sentAt: null, sendAfter: { gt: now }, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] },
    data: { sendAfter: now },
  });
  return count > 0;
}

/** Returns those of the keys for which a mail was ever queued, whether or not it was sent. */
export async function listQueuedMailKeys(db: Db | Tx, factKeys: string[]): Promise<string[]> {
  const rows = await db.outboxMail.findMany({ where: { factKey: { in: factKeys } }, select: { factKey: true } });
  return rows.map(({ factKey }) => factKey);
}

/** True if at least one of the mails with these keys was sent. */
export async function hasSentMail(tx: Db | Tx, factKeys: string[]): Promise<boolean> {
  return (await tx.outboxMail.count({ where: { factKey: { in: factKeys }, sentAt: { not: null } } })) > 0;
}

/** Deletes the row of a mail that was dropped for this reason, so that it can be queued again. False if there is no such row. */
export async function forgetGivenUpMail(
  tx: Tx,
  { factKey, reason }: { factKey: string; reason: string },
): Promise<boolean> {
  const where = { factKey, sentAt: null, sendAfter: null, lastError: reason };
  return (await tx.outboxMail.deleteMany({ where })).count > 0;
}
