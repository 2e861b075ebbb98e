import { mayCancel } from "@/domain/supporters/own-recurring-gifts";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { withGiftLink } from "@/systems/links/with-gift-link";
import { cancelRecurringGift } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { tryStripeCall } from "@/systems/stripe/ask";

export const POST = withGiftLink(async ({ gift, path, page, readAgain }) => {
  if (!mayCancel(gift)) return seeOther(page);
  const db = await database();
  const outcome = await tryStripeCall(() => cancelRecurringGift(db, { by: "link", recurringGiftId: gift.id }), {
    about: { recurringGift: gift.id },
  });
  const isCancelled = outcome === "done" && !mayCancel(await readAgain());
  return seeOther(page, await flashMessageCookie(path, { done: isCancelled ? "cancelled" : "failed" }));
});
