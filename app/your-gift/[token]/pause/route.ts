import { mayPause, parsePauseMonths } from "@/domain/supporters/own-recurring-gifts";
import { database } from "@/systems/database";
import { withGiftLink } from "@/systems/links/with-gift-link";
import { noteFor } from "@/systems/note";
import { pauseRecurringGift } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { askStripe } from "@/systems/stripe/ask";

export const POST = withGiftLink(async ({ form, gift, path, readAgain }) => {
  const months = parsePauseMonths(form.get("months") ?? "");
  if (!mayPause(gift) || months === null) return seeOther(path);
  const db = await database();
  const outcome = await askStripe(() => pauseRecurringGift(db, { by: "link", recurringGiftId: gift.id, months }), {
    about: { recurringGift: gift.id },
  });
  const isPaused = outcome === "done" && (await readAgain()).standing === "paused";
  return seeOther(path, await noteFor(path, { done: isPaused ? "paused" : "failed" }));
});
