// Sign-in by mailed link. A token is valid for fifteen minutes and works once. The database holds only its hash, and the sealed
// address that it was sent to.

import { AGES_MS, cutoffFor } from "../ages";
import type { Db } from "../database";
import { queueMail } from "../ledger/outbox";
import { findMailAddress, type MailAddress } from "../ledger/store/supporters";
import { findMark } from "./gift-progress";
import {
  deleteMailStop,
  deleteToken,
  deleteTokensExpiredBy,
  findGiftWithSupporters,
  findToken,
  insertToken,
} from "./store";

export const LINK_LASTS_MINUTES = 15;

/** The address that the link is mailed to, as a keyed hash and sealed. */
export type Addressee = MailAddress;

export type SignInLink = {
  addressee: Addressee;
  tokenHash: string;
  /** The token itself, sealed until the mail is written. */
  tokenSealed: string;
  /** The path on this site to open after signing in. */
  next: string;
  now: Date;
  /** The earliest time for its mail; the fifteen minutes count from then. Defaults to `now`. */
  leavesAt?: Date;
};

/** Stores the token and queues its mail in one transaction. */
export async function queueSignInLink(
  db: Db,
  { addressee, tokenHash, tokenSealed, next, now, leavesAt = now }: SignInLink,
) {
  const { emailHash, emailSealed } = addressee;
  const expiresAt = new Date(leavesAt.getTime() + LINK_LASTS_MINUTES * 60 * 1000);
  // An expired link still names its mailbox and can be exchanged for a new one until it is deleted.
  const forgottenBefore = cutoffFor("signInToken", now);
  await db.$transaction(async (tx) => {
    await deleteTokensExpiredBy(tx, forgottenBefore);
    await insertToken(tx, { tokenHash, emailHash, emailSealed, createdAt: now, expiresAt });
    await queueMail(tx, {
      kind: "sign-in",
      factKey: `sign-in:${tokenHash}`,
      to: addressee,
      values: { tokenSealed, next },
      now: leavesAt,
    });
  });
}

/** Finds the link of a token without using it up, for the page with the button. */
export async function findValidLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailSealed: string } | null> {
  const token = await findToken(db, tokenHash);
  return token && token.expiresAt > now ? { emailSealed: token.emailSealed } : null;
}

/** An expired link that was never used and can be exchanged for a new one. */
export async function findExpiredLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; emailSealed: string } | null> {
  const token = await findToken(db, tokenHash);
  const sinceMs = token ? now.getTime() - token.expiresAt.getTime() : -1;
  return token && sinceMs >= 0 && sinceMs < AGES_MS.signInToken
    ? { emailHash: token.emailHash, emailSealed: token.emailSealed }
    : null;
}

export async function forgetLink(db: Db, tokenHash: string): Promise<void> {
  await deleteToken(db, tokenHash);
}

/** Uses the token up. Of two requests at once only one signs in. */
export async function useLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; expiresAt: Date } | null> {
  const token = await findToken(db, tokenHash);
  if (!token || token.expiresAt <= now) return null;
  if (!(await deleteToken(db, tokenHash))) return null;
  // The person who signs in owns the mailbox, so mail to it is wanted after all.
  await deleteMailStop(db, token.emailHash);
  return { emailHash: token.emailHash, expiresAt: token.expiresAt };
}

/**
 * Finds the mail address of the supporter who gave through this Checkout session, if Stripe has reported one and `mark` shows that the
 * gift began on this device. The address is never shown to the reader who asks.
 */
export async function findCheckoutSupporter(
  db: Db,
  { checkoutSessionId, mark, now }: { checkoutSessionId: string; mark: string; now: Date },
): Promise<Addressee | null> {
  const gift = await findGiftWithSupporters(db, checkoutSessionId);
  if (!gift || !findMark(gift, { marks: [mark], now })) return null;
  const row = [...gift.payments, ...gift.recurringGifts].find(({ supporterId }) => supporterId);
  return row?.supporterId ? findMailAddress(db, row.supporterId) : null;
}
