import { mayUndoCancel } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { undoCancel } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { askStripe } from "@/systems/stripe/ask";

export const POST = withOwnRecurringGift("", async ({ gift, path, readAgain }) => {
  if (!mayUndoCancel(gift)) return seeOther(path);
  const db = await database();
  const outcome = await askStripe(() => undoCancel(db, { recurringGiftId: gift.id }), {
    about: { recurringGift: gift.id },
  });
  if (outcome === "failed") return seeOther(path, await noteFor(path, { done: "failed" }));
  // The gift may still end: Stripe can answer without removing the end.
  return seeOther(path, await noteFor(path, { done: mayUndoCancel(await readAgain()) ? "still-ends" : "undone" }));
});
