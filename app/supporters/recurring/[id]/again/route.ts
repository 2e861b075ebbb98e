import { giveAgainPath } from "@/domain/giving/gift-form";
import { localizedPath } from "@/domain/languages";
import {
  amountWithoutFeeOf,
  listOwnRecurringGifts,
  mayStartGiftAgain,
  runningLateOrStartingGifts,
} from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { startGiftAgain } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";

export const POST = withOwnRecurringGift("", async ({ gift, supporterId, locale, askStripe, back }) => {
  const all = await listOwnRecurringGifts(await database(), supporterId);
  const { frequency } = gift;
  const money = amountWithoutFeeOf(gift);
  // After a double click, the second request redirects to the gift that the first request started.
  const [running] = runningLateOrStartingGifts(all);
  if (gift.standing === "ended" && running) return seeOther(`/supporters/recurring/${running.id}`);
  if (!mayStartGiftAgain(gift, all) || !money) return back();
  const answer = await askStripe(startGiftAgain);
  if (answer === "failed") return back({ done: "failed" });
  if (answer.kind === "no-card")
    return seeOther(localizedPath(locale, giveAgainPath({ money, frequency }), publication));
  if (answer.kind === "changed") return back({ done: "stale" });
  if (answer.kind !== "started") return back({ done: "again-refused" });
  const path = `/supporters/recurring/${answer.id}`;
  return seeOther(path, await flashMessageCookie(path, { done: "again" }));
});
