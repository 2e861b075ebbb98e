import { becomesSkippableOn, maySkipNextPayment } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { currentTime } from "@/systems/clock";
import { skipPayment } from "@/systems/recurring-gifts";
import { periodEndUnlessFormIsStale, whyPaymentWasNotMoved } from "../move-payment-form";

export const POST = withOwnRecurringGift("", async ({ form, gift, readAgain, askStripe, back }) => {
  const shownDate = periodEndUnlessFormIsStale(form, gift);
  if (!shownDate) return back({ done: "stale" });
  const now = currentTime();
  if (!maySkipNextPayment(gift, now)) return back(becomesSkippableOn(gift, now) ? { done: "too-far" } : undefined);
  const answer = await askStripe((db, target) => skipPayment(db, { ...target, shownDate }));
  const { periodEndsAt } = await readAgain();
  return back({
    done: whyPaymentWasNotMoved(answer) ?? (periodEndsAt && periodEndsAt > shownDate ? "skipped" : "stale"),
  });
});
