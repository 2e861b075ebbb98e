import { mayCancel } from "@/domain/supporters/own-recurring-gifts";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { cancelRecurringGift } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { askStripe } from "@/systems/stripe/ask";

export const POST = withOwnRecurringGift("/cancel", async ({ gift, path }) => {
  if (!mayCancel(gift)) return seeOther(path);
  const db = await database();
  const outcome = await askStripe(() => cancelRecurringGift(db, { recurringGiftId: gift.id }), {
    about: { recurringGift: gift.id },
  });
  return seeOther(path, await noteFor(path, { done: outcome === "done" ? "cancelled" : "failed" }));
});
