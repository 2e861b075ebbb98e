// Finds the article that a gift came from and the day of its next payment, for the thank-you page. Returns no amount and no person.
import type { Db } from "../database";
import { findGiftAndNextCharge } from "./store";

export type AfterGiving = { articleId: string | null; nextPaymentAt: Date | null };

/** `checkoutSessionId`: from the address that Stripe sends the reader back to. Both are null for an unknown session. */
export async function findAfterGiving(db: Db, checkoutSessionId: string): Promise<AfterGiving> {
  const gift = await findGiftAndNextCharge(db, checkoutSessionId);
  return { articleId: gift?.article ?? null, nextPaymentAt: gift?.recurringGifts[0]?.chargesNextAt ?? null };
}
