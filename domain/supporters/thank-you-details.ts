// Anybody with the URL of the thank-you page may see these details, so they contain no amount and no personal data.
import type { Db } from "../database";
import { findGiftAndNextCharge } from "./store";

export type ThankYouDetails = {
  articleId: string | null;
  chargesNextAt: Date | null;
  appealOfGift: AppealOfGift | null;
};

/** The place and the variant of the appeal that asked the reader. */
export type AppealOfGift = { placement: string; article: string; appeal: string; variant: string };

/** `checkoutSessionId`: from the URL. If the session is unknown, all values of the result are null. */
export async function findThankYouDetails(db: Db, checkoutSessionId: string): Promise<ThankYouDetails> {
  const gift = await findGiftAndNextCharge(db, checkoutSessionId);
  if (!gift) return { articleId: null, chargesNextAt: null, appealOfGift: null };
  const { article, appeal, variant, placement, recurringGifts } = gift;
  const appealOfGift = { placement, article: article ?? "", appeal, variant };
  return { articleId: article, chargesNextAt: recurringGifts[0]?.chargesNextAt ?? null, appealOfGift };
}
