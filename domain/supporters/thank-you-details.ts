// Details for the thank-you page, which shows them only on the device that gave. These details contain no amount and no
// personal data.
import type { Db } from "../database";
import { findGiftOriginAndNextCharge } from "./store";

export type ThankYouPageData = {
  articleId: string | null;
  chargesNextAt: Date | null;
  appealOfGift: AppealOfGift | null;
};

/**
 * The appeal that led to the gift, with its variant, its placement and its article. `article` is "" if the gift did not
 * come from an article.
 */
export type AppealOfGift = { placement: string; article: string; appeal: string; variant: string };

/** Finds the details. `checkoutSessionId`: from the page's URL. If it is unknown, all values of the result are null. */
export async function findThankYouDetails(db: Db, checkoutSessionId: string): Promise<ThankYouPageData> {
  const gift = await findGiftOriginAndNextCharge(db, checkoutSessionId);
  if (!gift) return { articleId: null, chargesNextAt: null, appealOfGift: null };
  const { article, appeal, variant, placement, recurringGifts } = gift;
  const appealOfGift = { placement, article: article ?? "", appeal, variant };
  return { articleId: article, chargesNextAt: recurringGifts[0]?.chargesNextAt ?? null, appealOfGift };
}
