import { listOwnRecurringGifts, mayCancel, runningLateOrStartingGifts } from "@/domain/supporters/own-recurring-gifts";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { cancelRecurringGift } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { tryStripeCall } from "@/systems/stripe/ask";

export const POST = withSupporter("/supporters", async ({ form, viewer: { supporterId } }) => {
  const db = await database();
  const gifts = runningLateOrStartingGifts(await listOwnRecurringGifts(db, supporterId));
  const chosenGift = gifts.find(({ id }) => id === form.get("gift"));
  if (!chosenGift || gifts.length === 1) return seeOther("/supporters");
  const answers: string[] = [];
  for (const { id } of gifts.filter((gift) => gift !== chosenGift && mayCancel(gift)))
    answers.push(
      await tryStripeCall(() => cancelRecurringGift(db, { recurringGiftId: id }), { about: { recurringGift: id } }),
    );
  const path = `/supporters/recurring/${chosenGift.id}`;
  return seeOther(path, await flashMessageCookie(path, { done: answers.includes("failed") ? "kept-partly" : "kept" }));
});
