// Sign-in by mailed link: a token lives fifteen minutes and opens the door once. Only its hash is stored, and the address
// that it was sent to is sealed. Tokens, hashes and the time are arguments.
import type { Db } from "../../systems/database";
import { queueMail } from "../ledger/outbox";

export const LINK_LASTS_MINUTES = 15;
/** A link that has run out still shows whose mailbox it was sent to: for so long it can be changed for a new one. */
const RENEWABLE_MS = 24 * 60 * 60 * 1000;

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
  /** When its mail may leave; its minutes count from then. Now, if not given. */
  leavesAt?: Date;
};

/** The token and its mail, both or neither. */
export async function queueSignInLink(
  db: Db,
  { addressee, tokenHash, tokenSealed, next, now, leavesAt = now }: SignInLink,
) {
  const { emailHash, emailSealed, locale } = addressee;
  const expiresAt = new Date(leavesAt.getTime() + LINK_LASTS_MINUTES * 60 * 1000);
  const forgottenBefore = new Date(now.getTime() - RENEWABLE_MS);
  await db.$transaction(async (tx) => {
    await tx.signInToken.deleteMany({ where: { expiresAt: { lte: forgottenBefore } } });
    await tx.signInToken.create({ data: { tokenHash, emailHash, emailSealed, createdAt: now, expiresAt } });
    await queueMail(tx, {
      kind: "sign-in",
      factKey: `sign-in:${tokenHash}`,
      toSealed: emailSealed,
      locale,
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
  return token && sinceMs >= 0 && sinceMs < RENEWABLE_MS
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
