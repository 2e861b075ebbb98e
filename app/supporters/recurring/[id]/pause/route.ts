import {
  hasPeriodOverOneMonth,
  listPauseLengthsInMonths,
  mayPause,
  parsePauseMonths,
} from "@/domain/supporters/pauses";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { currentTime } from "@/systems/clock";
import { pauseRecurringGift, putOffPayment } from "@/systems/recurring-gifts";
import { periodEndUnlessFormIsStale, whyPaymentWasNotMoved } from "../move-payment-form";

export const POST = withOwnRecurringGift("", async ({ form, gift, readAgain, askStripe, back }) => {
  const months = parsePauseMonths(form.get("months") ?? "");
  if (!mayPause(gift) || months === null) return back();
  if (!hasPeriodOverOneMonth(gift)) {
    const answer = await askStripe((db, target) => pauseRecurringGift(db, { ...target, months }));
    if (answer === "failed") return back({ done: "failed" });
    return back({ done: (await readAgain()).standing === "paused" ? "paused" : "stale" });
  }
  const shownDate = periodEndUnlessFormIsStale(form, gift);
  if (!shownDate) return back({ done: "stale" });
  if (!listPauseLengthsInMonths(gift, currentTime()).includes(months)) return back({ done: "too-far" });
  const answer = await askStripe((db, target) => putOffPayment(db, { ...target, shownDate, months }));
  const { periodEndsAt } = await readAgain();
  return back({ done: whyPaymentWasNotMoved(answer) ?? (periodEndsAt && periodEndsAt > shownDate ? "date" : "stale") });
});
