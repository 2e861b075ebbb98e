import { mayResume } from "@/domain/supporters/pauses";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { resumeRecurringGift } from "@/systems/recurring-gifts";

export const POST = withOwnRecurringGift("", async ({ gift, readAgain, askStripe, back }) => {
  if (!mayResume(gift)) return back();
  const answer = await askStripe(resumeRecurringGift);
  if (answer === "failed") return back({ done: "failed" });
  return back({ done: mayResume(await readAgain()) ? "stale" : "resumed" });
});
