// Sign-in by mailed link: a token lives fifteen minutes and opens the door once. Only its hash is stored, and the address
// that it was sent to is sealed. Tokens, hashes and the time are arguments.

import { AGES_MS, agedAt } from "../ages";
import type { Db } from "../database";
import { queueMail } from "../ledger/outbox";
import { findMailAddress, type MailAddress } from "../ledger/store/supporters";
import { findMark } from "./gift-progress";

export const LINK_LASTS_MINUTES = 15;

/** Whom the link goes to: keyed hash, and sealed for the postman. */
export type Addressee = MailAddress;

export type SignInLink = {
  addressee: Addressee;
  tokenHash: string;
  /** The token itself, sealed until the mail is written. */
  tokenSealed: string;
  /** Where to go after signing in: a path of ours. */
  next: string;
  now: Date;
  /** When its mail may leave; its minutes count from then. Now, if not given. */
  leavesAt?: Date;
};

/** The token and its mail, both or neither. */
export async function queueSignInLink(
  db: Db,
  { addressee, tokenHash, tokenSealed, next, now, leavesAt = now }: SignInLink,
) {
  const { emailHash, emailSealed } = addressee;
  const expiresAt = new Date(leavesAt.getTime() + LINK_LASTS_MINUTES * 60 * 1000);
  // A link that has run out still shows whose mailbox it was sent to, and can be changed for a new one until it is forgotten.
  const forgottenBefore = agedAt("signInToken", now);
  await db.$transaction(async (tx) => {
    await tx.signInToken.deleteMany({ where: { expiresAt: { lte: forgottenBefore } } });
    await tx.signInToken.create({ data: { tokenHash, emailHash, emailSealed, createdAt: now, expiresAt } });
    await queueMail(tx, {
      kind: "sign-in",
      factKey: `sign-in:${tokenHash}`,
      to: addressee,
      values: { tokenSealed, next },
      now: leavesAt,
    });
  });
}

/** Looks without using: what the page with the button shows. */
export async function findSignIn(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailSealed: string } | null> {
  const token = await db.signInToken.findUnique({ where: { tokenHash } });
  return token && token.expiresAt > now ? { emailSealed: token.emailSealed } : null;
}

/** A link that has run out, was never used, and can be changed for a new one. */
export async function findSpentLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; emailSealed: string } | null> {
  const token = await db.signInToken.findUnique({ where: { tokenHash } });
  const sinceMs = token ? now.getTime() - token.expiresAt.getTime() : -1;
  return token && sinceMs >= 0 && sinceMs < AGES_MS.signInToken
    ? { emailHash: token.emailHash, emailSealed: token.emailSealed }
    : null;
}

export async function forgetLink(db: Db, tokenHash: string): Promise<void> {
  await db.signInToken.deleteMany({ where: { tokenHash } });
}

/** Uses the token up. Of two at once, the one whose delete finds the row gets in. */
export async function useSignIn(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; expiresAt: Date } | null> {
  const token = await db.signInToken.findUnique({ where: { tokenHash } });
  if (!token || token.expiresAt <= now) return null;
  const { count } = await db.signInToken.deleteMany({ where: { tokenHash } });
  return count === 1 ? { emailHash: token.emailHash, expiresAt: token.expiresAt } : null;
}

/**
 * Where mail for who gave through this Checkout session goes, if Stripe has told us and `mark` shows that the gift was begun on the
 * device that asks. The address is never shown to whoever asks.
 */
export async function findGiver(
  db: Db,
  { checkoutSessionId, mark, now }: { checkoutSessionId: string; mark: string; now: Date },
): Promise<Addressee | null> {
  const supporterId = { select: { supporterId: true } };
  const include = { payments: supporterId, recurringGifts: supporterId };
  const gift = await db.gift.findUnique({ where: { checkoutSessionId }, include });
  if (!gift || !findMark(gift, { marks: [mark], now })) return null;
  const named = [...gift.payments, ...gift.recurringGifts].find((row) => row.supporterId);
  return named?.supporterId ? findMailAddress(db, named.supporterId) : null;
}
