import { parseGiftAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { isChangedByHand, mayChangeAmount } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { changeAmount } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { askStripe } from "@/systems/stripe/ask";

const LONGEST_AMOUNT = 40;

export const POST = withOwnRecurringGift("", async ({ form, gift, path, readAgain }) => {
  if (isChangedByHand(gift)) return seeOther(path, await noteFor(path, { done: "not-ours" }));
  const before = gift.money;
  if (!mayChangeAmount(gift) || !before) return seeOther(path);
  const amount = (form.get("amount") ?? "").slice(0, LONGEST_AMOUNT);
  const parsed = parseGiftAmount({ text: amount, currency: gift.currency, publication });
  if (parsed.kind === "refused") return seeOther(`${path}?${new URLSearchParams({ amount })}`);
  if (parsed.money.amountMinor === before.amountMinor) return seeOther(path, await noteFor(path, { done: "same" }));
  const db = await database();
  const outcome = await askStripe(() => changeAmount(db, { recurringGiftId: gift.id, money: parsed.money }), {
    about: { recurringGift: gift.id },
  });
  if (outcome === "failed") {
    const typed = new URLSearchParams({ amount });
    return seeOther(`${path}?${typed}`, await noteFor(path, { done: "failed" }));
  }
  // At Stripe the gift may meanwhile have become one that only a person can change.
  if (isChangedByHand(await readAgain())) return seeOther(path, await noteFor(path, { done: "not-ours" }));
  return seeOther(path, await noteFor(path, { done: "amount", before: toDecimal(before) }));
});
