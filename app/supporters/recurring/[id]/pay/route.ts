import { mayPayOverdue } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { payOpenInvoicesOf } from "@/systems/recurring-gifts";

export const POST = withOwnRecurringGift("", async ({ gift, readAgain, askStripe, back }) => {
  if (!mayPayOverdue(gift)) return back();
  const answer = await askStripe(payOpenInvoicesOf);
  if (answer === "failed") return back({ done: "failed" });
  if (answer.kind === "refused") return back({ done: "pay-refused" });
  return back({ done: mayPayOverdue(await readAgain()) ? "stale" : "paid" });
});
