import { mayUndoCancel } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { undoGiftCancellation } from "@/systems/recurring-gifts";

export const POST = withOwnRecurringGift("", async ({ gift, readAgain, askStripe, back }) => {
  if (!mayUndoCancel(gift)) return back();
  if ((await askStripe(undoGiftCancellation)) === "failed") return back({ done: "failed" });
  // Reads the gift again: Stripe can respond without an error although it has not undone the cancellation. Then the
  // gift still ends.
  return back({ done: mayUndoCancel(await readAgain()) ? "still-ends" : "undone" });
});
