// Sign-in by mailed link: a token lives fifteen minutes and opens the door once. Only its hash is stored, and the address
// that it was sent to is sealed. Tokens, hashes and the time are arguments.
import type { Db } from "../../systems/database";
import { queueMail } from "../ledger/outbox";
import { findMailAddress, type MailAddress } from "../ledger/supporters";
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
};

/** The token and its mail, both or neither. */
export async function queueSignInLink(db: Db, { addressee, tokenHash, tokenSealed, next, now }: SignInLink) {
  const { emailHash, emailSealed } = addressee;
  const expiresAt = new Date(now.getTime() + LINK_LASTS_MINUTES * 60 * 1000);
  await db.$transaction(async (tx) => {
    await tx.signInToken.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.signInToken.create({ data: { tokenHash, emailHash, emailSealed, createdAt: now, expiresAt } });
    await queueMail(tx, {
      kind: "sign-in",
      factKey: `sign-in:${tokenHash}`,
      to: addressee,
      values: { tokenSealed, next },
      now,
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

/** Uses the token up. Of two at once, the one whose delete finds the row gets in. */
export async function useSignIn(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; expiresAt: Date } | null> {
  const token = await db.signInToken.findUnique({ where: { tokenHash } });
  if (!token) return null;
  const { count } = await db.signInToken.deleteMany({ where: { tokenHash } });
  return count === 1 && token.expiresAt > now ? { emailHash: token.emailHash, expiresAt: token.expiresAt } : null;
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
  return named?.supporterId ? findMailAddress({ tx: db }, named.supporterId) : null;
}
