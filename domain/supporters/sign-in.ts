// Sign-in links in e-mails. The token of a link is valid for SIGN_IN_LINK_MINUTES and works once.

import type { Db } from "../database";
import { queueMail } from "../ledger/outbox";
import { findMailAddress, type MailRecipient } from "../ledger/store/supporters";
import { RETENTION_MS_BY_ROW_KIND, retentionCutoff } from "../retention";
import { findMatchingFormNonce } from "./gift-progress";
import {
  deleteSignInToken,
  deleteSignInTokensExpiredBefore,
  deleteStoppedAddress,
  findGiftOfCheckoutWithSupporterIds,
  findSignInToken,
  insertSignInToken,
} from "./store";

export const SIGN_IN_LINK_MINUTES = 15;

export type SignInMailRecipient = MailRecipient;

export type SignInLinkToQueue = {
  addressee: SignInMailRecipient;
  tokenHash: string;
  /** The encrypted token, from which the link is made when the e-mail is rendered. */
  tokenSealed: string;
  next: string;
  now: Date;
  /** The earliest time to send the e-mail; by default `now`. The link expires SIGN_IN_LINK_MINUTES after this time. */
  leavesAt?: Date;
};

export async function queueSignInLink(
  db: Db,
  { addressee, tokenHash, tokenSealed, next, now, leavesAt = now }: SignInLinkToQueue,
) {
  const { emailHash, emailSealed } = addressee;
  const expiresAt = new Date(leavesAt.getTime() + SIGN_IN_LINK_MINUTES * 60 * 1000);
  // Deletes tokens that expired before `forgottenBefore`. A token that expired later can still be exchanged for a new
  // link to the same mailbox.
  const forgottenBefore = retentionCutoff("signInToken", now);
  await db.$transaction(async (tx) => {
    await deleteSignInTokensExpiredBefore(tx, forgottenBefore);
    await insertSignInToken(tx, { tokenHash, emailHash, emailSealed, createdAt: now, expiresAt });
    await queueMail(tx, {
      kind: "sign-in",
      factKey: `sign-in:${tokenHash}`,
      to: addressee,
      values: { tokenSealed, next },
      now: leavesAt,
    });
  });
}

/** Finds a valid link for the page that asks to confirm the sign-in. The link can still be used afterwards. */
export async function findValidSignInLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailSealed: string } | null> {
  const token = await findSignInToken(db, tokenHash);
  return token && token.expiresAt > now ? { emailSealed: token.emailSealed } : null;
}

export async function findExpiredSignInLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; emailSealed: string } | null> {
  const token = await findSignInToken(db, tokenHash);
  const sinceMs = token ? now.getTime() - token.expiresAt.getTime() : -1;
  return token && sinceMs >= 0 && sinceMs < RETENTION_MS_BY_ROW_KIND.signInToken
    ? { emailHash: token.emailHash, emailSealed: token.emailSealed }
    : null;
}

export async function deleteSignInLinkByTokenHash(db: Db, tokenHash: string): Promise<void> {
  await deleteSignInToken(db, tokenHash);
}

/**
 * Uses up a link. Returns null if its token is unknown, used or expired. If two requests use it at once, only one
 * succeeds.
 */
export async function consumeSignInLink(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<{ emailHash: string; expiresAt: Date } | null> {
  const token = await findSignInToken(db, tokenHash);
  if (!token || token.expiresAt <= now) return null;
  if (!(await deleteSignInToken(db, tokenHash))) return null;
  // The person who signs in owns the mailbox, so e-mails to it are allowed again.
  await deleteStoppedAddress(db, token.emailHash);
  return { emailHash: token.emailHash, expiresAt: token.expiresAt };
}

/**
 * Finds the supporter to whom the gift of a Checkout session belongs. Returns null unless `formNonce` shows that the
 * gift began on this device, in the last THANK_YOU_SHOWS_AMOUNT_FOR_HOURS. The caller must never show the supporter's
 * e-mail address.
 */
export async function findSignInRecipientOfCheckout(
  db: Db,
  { checkoutSessionId, formNonce, now }: { checkoutSessionId: string; formNonce: string; now: Date },
): Promise<SignInMailRecipient | null> {
  const gift = await findGiftOfCheckoutWithSupporterIds(db, checkoutSessionId);
  if (!gift || !findMatchingFormNonce(gift, { formNonces: [formNonce], now })) return null;
  const row = [...gift.payments, ...gift.recurringGifts].find(({ supporterId }) => supporterId);
  return row?.supporterId ? findMailAddress(db, row.supporterId) : null;
}
