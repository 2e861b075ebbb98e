// Database statements for the outbox, the mail that is still to be sent.
import type { OutboxMail } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { IGNORE_CONFLICT, insertRows } from "./statements";
import type { MailAddress } from "./supporters";

/** Adds a mail, unless there is one with the same `factKey`; then it returns false. */
export async function addMail(
  tx: Tx,
  mail: Omit<OutboxMail, "attempts" | "heldUntil" | "lastError" | "sentAt">,
): Promise<boolean> {
  return (await insertRows(tx, { into: "OutboxMail", rows: [mail], onConflict: IGNORE_CONFLICT })) > 0;
}

/** Redirects unsent mail to another address: mail whose key is one of these, or begins with one. */
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

/** Withdraws unsent mail whose key begins like this, except the mail with the key `except`. Its address and words are deleted. */
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
 * Redirects unsent mail from one address to another. The links that prove an address stay, and so does the news that an address was
 * left.
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

/** Makes an unsent mail due that nobody is sending at the moment. False if there is no such mail. */
export async function hastenMail(tx: Tx, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const { count } = await tx.outboxMail.updateMany({
    where: { id, sentAt: null, sendAfter: { gt: now }, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] },
    data: { sendAfter: now },
  });
  return count > 0;
}

/** Returns the keys for which a mail was queued before, whatever has become of it. */
export async function listKnownKeys(db: Db | Tx, factKeys: string[]): Promise<string[]> {
  const rows = await db.outboxMail.findMany({ where: { factKey: { in: factKeys } }, select: { factKey: true } });
  return rows.map(({ factKey }) => factKey);
}

/** True if one of the mails with these keys has left. */
export async function hasSentMail(tx: Db | Tx, factKeys: string[]): Promise<boolean> {
  return (await tx.outboxMail.count({ where: { factKey: { in: factKeys }, sentAt: { not: null } } })) > 0;
}

/** Deletes the row of a mail that was given up for this reason, so that its fact can queue it again. Returns whether there was one. */
export async function forgetGivenUpMail(
  tx: Tx,
  { factKey, reason }: { factKey: string; reason: string },
): Promise<boolean> {
  const where = { factKey, sentAt: null, sendAfter: null, lastError: reason };
  return (await tx.outboxMail.deleteMany({ where })).count > 0;
}
