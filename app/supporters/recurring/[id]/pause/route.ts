import { mayPause, parsePauseMonths } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { pauseRecurringGift } from "@/systems/recurring-gifts";

export const POST = withOwnRecurringGift("", async ({ form, gift, readAgain, ask, back }) => {
  const months = parsePauseMonths(form.get("months") ?? "");
  if (!mayPause(gift) || months === null) return back();
  const answer = await ask((db, target) => pauseRecurringGift(db, { ...target, months }));
  if (answer === "failed") return back({ done: "failed" });
  return back({ done: (await readAgain()).standing === "paused" ? "paused" : "stale" });
});
