// Finds the article and the appeal that a gift came from and the day of its next payment, for the thank-you page. Returns no amount and no person.
import type { Db } from "../database";
import { findGiftAndNextCharge } from "./store";

export type AfterGiving = { articleId: string | null; nextPaymentAt: Date | null; asked: AskedBy | null };

/** The words that asked for the gift. The device reports it under these names (domain/appeal/reports.ts). */
export type AskedBy = { placement: string; article: string; appeal: string; variant: string };

/** `checkoutSessionId`: from the address that Stripe sends the reader back to. All are null for an unknown session. */
export async function findAfterGiving(db: Db, checkoutSessionId: string): Promise<AfterGiving> {
  const gift = await findGiftAndNextCharge(db, checkoutSessionId);
  if (!gift) return { articleId: null, nextPaymentAt: null, asked: null };
  const { article, appeal, variant, placement, recurringGifts } = gift;
  const asked = { placement, article: article ?? "", appeal, variant };
  return { articleId: article, nextPaymentAt: recurringGifts[0]?.chargesNextAt ?? null, asked };
}
