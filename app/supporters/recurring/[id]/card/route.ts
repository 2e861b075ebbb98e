import { mayChangeCard } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { openCardPageForGift } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withOwnRecurringGift("", async ({ gift, path, askStripe, back }) => {
  if (!mayChangeCard(gift)) return back();
  const page = await askStripe((db, target) => openCardPageForGift(db, { ...target, path }));
  return page === null || page === "failed" ? back({ done: "failed" }) : seeOther(page);
});
