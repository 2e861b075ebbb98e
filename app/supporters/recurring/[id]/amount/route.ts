import { COVER_FEE_FIELD, parseChangedAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { canOnlyStaffChangeGift, mayChangeAmount } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { flashMessageCookie } from "@/systems/flash-message";
import { changeGiftAmount } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { queryWithTypedAmount } from "../move-payment-form";

const MAX_AMOUNT_LENGTH = 40;

export const POST = withOwnRecurringGift("", async ({ form, gift, path, readAgain, askStripe, back }) => {
  if (canOnlyStaffChangeGift(gift)) return back({ done: "not-ours" });
  const before = gift.money;
  if (!mayChangeAmount(gift) || !before) return back();
  const amount = (form.get("amount") ?? "").slice(0, MAX_AMOUNT_LENGTH);
  const cover = form.get(COVER_FEE_FIELD) ?? "";
  const typed = queryWithTypedAmount(gift, { field: "amount", text: amount, cover });
  const parsed = parseChangedAmount({ text: amount, cover, currency: gift.currency }, publication);
  if (parsed.kind === "refused") return seeOther(`${path}?${typed}`);
  const { money, coveredFeeMinor } = parsed;
  if (money.amountMinor === before.amountMinor) return back({ done: "same" });
  const answer = await askStripe((db, target) => changeGiftAmount(db, { ...target, money, coveredFeeMinor }));
  if (answer === "failed") return seeOther(`${path}?${typed}`, await flashMessageCookie(path, { done: "failed" }));
  // During the request, the subscription was perhaps changed at Stripe into one that only staff can edit.
  if (canOnlyStaffChangeGift(await readAgain())) return back({ done: "not-ours" });
  return back({ done: "amount", before: toDecimal(before) });
});
