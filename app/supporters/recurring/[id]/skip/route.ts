import { maySkip } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { currentTime } from "@/systems/clock";
import { skipPayment } from "@/systems/recurring-gifts";
import { readShown } from "../shown";

export const POST = withOwnRecurringGift("", async ({ form, gift, readAgain, ask, back }) => {
  const shown = readShown(form, gift);
  if (!shown) return back({ done: "stale" });
  if (!maySkip(gift, currentTime())) return back();
  const answer = await ask((db, target) => skipPayment(db, { ...target, shown }));
  if (answer === "failed") return back({ done: "failed" });
  if (answer === "refused") return back({ done: "not-ours" });
  const { paidUntil } = await readAgain();
  return back({ done: answer === "changed" && paidUntil && paidUntil > shown ? "skipped" : "stale" });
});
