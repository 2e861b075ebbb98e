import { mayPay } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { payOpenInvoicesOf } from "@/systems/recurring-gifts";

export const POST = withOwnRecurringGift("", async ({ gift, readAgain, askStripe, back }) => {
  if (!mayPay(gift)) return back();
  const answer = await askStripe(payOpenInvoicesOf);
  if (answer === "failed") return back({ done: "failed" });
  if (answer.kind === "refused") return back({ done: "pay-refused" });
  return back({ done: mayPay(await readAgain()) ? "stale" : "paid" });
});
