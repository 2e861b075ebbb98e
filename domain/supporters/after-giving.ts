// Finds the article that a gift came from and the day of its next payment, for the thank-you page. Returns no amount and no person.
import type { Db } from "../database";

export type AfterGiving = { articleId: string | null; nextPaymentAt: Date | null };

/** `checkoutSessionId` is what Stripe put into the address on the way back. Nothing for a session that no gift knows. */
export async function findAfterGiving(db: Db, checkoutSessionId: string): Promise<AfterGiving> {
  const gift = await db.gift.findUnique({
    where: { checkoutSessionId },
    select: { article: true, recurringGifts: { select: { chargesNextAt: true } } },
  });
  return { articleId: gift?.article ?? null, nextPaymentAt: gift?.recurringGifts[0]?.chargesNextAt ?? null };
}
