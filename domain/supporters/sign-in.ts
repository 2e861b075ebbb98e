// Sign-in by mailed link: a token lives fifteen minutes and opens the door once. Only its hash is stored, and the address
// that it was sent to is sealed. Tokens, hashes and the time are arguments.
import type { Db } from "../../systems/database";
import { queueMail } from "../ledger/outbox";

export const LINK_LASTS_MINUTES = 15;

/** Whom the link goes to: keyed hash, and sealed for the postman. */
export type Addressee = { emailHash: string; emailSealed: string; locale: string };

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
  const { emailHash, emailSealed, locale } = addressee;
  const expiresAt = new Date(now.getTime() + LINK_LASTS_MINUTES * 60 * 1000);
  await db.$transaction(async (tx) => {
    await tx.signInToken.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.signInToken.create({ data: { tokenHash, emailHash, emailSealed, createdAt: now, expiresAt } });
    await queueMail(tx, {
      kind: "sign-in",
      factKey: `sign-in:${tokenHash}`,
      toSealed: emailSealed,
      locale,
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

/** Who gave through this Checkout session, if Stripe has told us; the address is never shown to whoever asks. */
export async function findGiver(db: Db, checkoutSessionId: string): Promise<Addressee | null> {
  const supporter = { select: { emailHash: true, emailSealed: true, locale: true } };
  const gift = await db.gift.findUnique({
    where: { checkoutSessionId },
    select: { payments: { select: { supporter } }, recurringGifts: { select: { supporter } } },
  });
  const givers = [...(gift?.payments ?? []), ...(gift?.recurringGifts ?? [])];
  return givers.find((row) => row.supporter)?.supporter ?? null;
}
