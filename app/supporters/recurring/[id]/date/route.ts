import { nextDayOfMonth, parseDayOfMonth } from "@/domain/giving/charge-day";
import { mayChangeChargeDay } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { changeChargeDate } from "@/systems/recurring-gifts";
import { periodEndUnlessFormIsStale, whyPaymentWasNotMoved } from "../move-payment-form";

export const POST = withOwnRecurringGift("", async ({ form, gift, readAgain, askStripe, back }) => {
  const shownDate = periodEndUnlessFormIsStale(form, gift);
  if (!shownDate) return back({ done: "stale" });
  const day = parseDayOfMonth(form.get("day") ?? "");
  if (!mayChangeChargeDay(gift) || day === null) return back();
  const newDate = nextDayOfMonth({ from: shownDate, day, timeZone: publication.timeZone });
  const answer = await askStripe((db, target) => changeChargeDate(db, { ...target, shownDate, newDate, day }));
  const { periodEndsAt } = await readAgain();
  return back({
    done: whyPaymentWasNotMoved(answer) ?? (periodEndsAt?.getTime() === newDate.getTime() ? "date" : "stale"),
  });
});
