import { mayCancel, parseCancelReason } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { cancelRecurringGift } from "@/systems/recurring-gifts";

export const POST = withOwnRecurringGift("/cancel", async ({ form, gift, askStripe, back }) => {
  if (!mayCancel(gift)) return back();
  const reason = parseCancelReason(form.get("reason"));
  const answer = await askStripe((db, target) => cancelRecurringGift(db, { ...target, reason }));
  return back({ done: answer === "failed" ? "failed" : "cancelled" });
});
