import type { OutboxMail } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { IGNORE_CONFLICT, insertRows } from "./statements";
import type { MailRecipient } from "./supporters";

/** Adds an e-mail to the outbox. Returns false if an e-mail with the same `factKey` already exists. */
export async function addMail(
  tx: Tx,
  mail: Omit<OutboxMail, "attempts" | "heldUntil" | "lastError" | "sentAt">,
): Promise<boolean> {
  return (await insertRows(tx, { into: "OutboxMail", rows: [mail], onConflict: IGNORE_CONFLICT })) > 0;
}

/**
 * Redirects unsent e-mails to another address: those whose key is in `factKeys`, or begins with one of `keyPrefixes`.
 */
export async function redirectUnsentMail(
  tx: Tx,
  { factKeys, keyPrefixes }: { factKeys: string[]; keyPrefixes: string[] },
  to: MailRecipient,
): Promise<void> {
  const begins = keyPrefixes.map((startsWith) => ({ factKey: { startsWith } }));
  await tx.outboxMail.updateMany({
    where: { sendAfter: { not: null }, OR: [{ factKey: { in: factKeys } }, ...begins] },
    data: { personHash: to.emailHash, toSealed: to.emailSealed, locale: to.locale },
  });
}

/**
 * Withdraws unsent e-mails whose `factKey` begins with `keyPrefix`, and deletes their addresses and values. Keeps the
 * e-mail with the key `except`.
 */
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
 * Redirects a person's unsent e-mails to another address. Does not redirect e-mails of the kinds `sign-in`,
 * `address-old`, `address-new` and `address-left`. They must reach the address for which they were queued.
 */
export async function redirectUnsentMailOf(tx: Tx, emailHash: string, to: MailRecipient): Promise<void> {
  await tx.outboxMail.updateMany({
    where: {
      sendAfter: { not: null },
      personHash: emailHash,
      kind: { notIn: ["sign-in", "address-old", "address-new", "address-left"] },
    },
    data: { personHash: to.emailHash, toSealed: to.emailSealed, locale: to.locale },
  });
}

/** Makes an unsent e-mail due now. Returns false if it was sent or given up, is already due, or is being sent. */
export async function makeMailDueNow(tx: Tx, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const { count } = await tx.outboxMail.updateMany({
    where: { id, sentAt: null, sendAfter: { gt: now }, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] },
    data: { sendAfter: now },
  });
  return count > 0;
}

/** Returns the keys for which the outbox has an e-mail, whether or not it was sent. */
export async function listMailKeysInOutbox(db: Db | Tx, factKeys: string[]): Promise<string[]> {
  const rows = await db.outboxMail.findMany({ where: { factKey: { in: factKeys } }, select: { factKey: true } });
  return rows.map(({ factKey }) => factKey);
}

/**
 * Returns true if an e-mail whose key begins with `keyPrefix` was queued after `since`, whether it has been sent or
 * not. An e-mail that was queued exactly at `since` does not count.
 */
export async function wasMailQueuedSince(
  tx: Tx,
  { keyPrefix, since }: { keyPrefix: string; since: Date },
): Promise<boolean> {
  const where = { factKey: { startsWith: keyPrefix }, queuedAt: { gt: since } };
  return (await tx.outboxMail.findFirst({ where, select: { id: true } })) !== null;
}

export async function wasAnyMailSentFor(tx: Db | Tx, factKeys: string[]): Promise<boolean> {
  return (await tx.outboxMail.count({ where: { factKey: { in: factKeys }, sentAt: { not: null } } })) > 0;
}

/**
 * Deletes an e-mail that was given up for this reason, so that it can be queued again. Returns false if no row has this
 * key and reason.
 */
export async function deleteGivenUpMail(
  tx: Tx,
  { factKey, reason }: { factKey: string; reason: string },
): Promise<boolean> {
  const where = { factKey, sentAt: null, sendAfter: null, lastError: reason };
  return (await tx.outboxMail.deleteMany({ where })).count > 0;
}
