// Finds a gift's article, its appeal and the day of its next payment, for the thank-you page. It returns no amount and no personal data.
import type { Db } from "../database";
import { findGiftAndNextCharge } from "./store";

export type AfterGiving = { articleId: string | null; nextPaymentAt: Date | null; asked: AskingAppeal | null };

/** Where and with which words the reader was asked. The device reports the gift under these names (domain/appeal/reports.ts). */
export type AskingAppeal = { placement: string; article: string; appeal: string; variant: string };

/** `checkoutSessionId`: from the URL to which Stripe redirects the reader. All values are null for an unknown session. */
export async function findAfterGiving(db: Db, checkoutSessionId: string): Promise<AfterGiving> {
  const gift = await findGiftAndNextCharge(db, checkoutSessionId);
  if (!gift) return { articleId: null, nextPaymentAt: null, asked: null };
  const { article, appeal, variant, placement, recurringGifts } = gift;
  const asked = { placement, article: article ?? "", appeal, variant };
  return { articleId: article, nextPaymentAt: recurringGifts[0]?.chargesNextAt ?? null, asked };
}
