import { parseGiftAmount } from "@/domain/giving/gift-form";
import { isChangedByHand, mayChangeFrequency, otherFrequency } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { changeFrequency } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { outcomeOfMove, readShown } from "../shown";

const LONGEST_AMOUNT = 40;

export const POST = withOwnRecurringGift("", async ({ form, gift, path, readAgain, ask, back }) => {
  if (isChangedByHand(gift)) return back({ done: "not-ours" });
  const frequency = otherFrequency(gift.frequency);
  if (!mayChangeFrequency(gift) || !frequency) return back();
  const shown = readShown(form, gift);
  // A second press would change it back.
  if (!shown || form.get("frequency") !== frequency) return back({ done: "stale" });
  const yearly = (form.get("amount") ?? "").slice(0, LONGEST_AMOUNT);
  const parsed = parseGiftAmount({ text: yearly, currency: gift.currency, publication });
  if (parsed.kind === "refused") return seeOther(`${path}?${new URLSearchParams({ frequency: yearly })}`);
  const answer = await ask((db, target) => changeFrequency(db, { ...target, shown, frequency, money: parsed.money }));
  const now = await readAgain();
  return back({ done: outcomeOfMove(answer) ?? (now.frequency === frequency ? "frequency" : "stale") });
});
