import { periodEndUnlessFormIsStale } from "@/app/supporters/recurring/[id]/move-payment-form";
import { hasPeriodOverOneMonth, mayPause, parsePauseMonths } from "@/domain/supporters/pauses";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { withGiftLink } from "@/systems/links/with-gift-link";
import { pauseRecurringGift, putOffPayment } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { tryStripeCall } from "@/systems/stripe/ask";

export const POST = withGiftLink(async ({ form, gift, path, page, readAgain }) => {
  const months = parsePauseMonths(form.get("months") ?? "");
  const shownDate = periodEndUnlessFormIsStale(form, gift);
  if (!mayPause(gift) || months === null || (hasPeriodOverOneMonth(gift) && !shownDate)) return seeOther(page);
  const db = await database();
  const target = { by: "link", recurringGiftId: gift.id, months } as const;
  const ask = async () => {
    if (hasPeriodOverOneMonth(gift) && shownDate) await putOffPayment(db, { ...target, shownDate });
    else await pauseRecurringGift(db, target);
  };
  const outcome = await tryStripeCall(ask, { about: { recurringGift: gift.id } });
  const { standing, periodEndsAt } = await readAgain();
  const isPaused = hasPeriodOverOneMonth(gift)
    ? periodEndsAt !== null && shownDate !== null && periodEndsAt > shownDate
    : standing === "paused";
  return seeOther(page, await flashMessageCookie(path, { done: outcome === "done" && isPaused ? "paused" : "failed" }));
});
