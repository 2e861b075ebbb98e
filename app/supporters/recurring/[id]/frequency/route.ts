import { COVER_FEE_FIELD, parseChangedAmount } from "@/domain/giving/gift-form";
import { canOnlyStaffChangeGift, mayChangeFrequency, otherFrequency } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { withOwnRecurringGift } from "@/systems/auth/own-recurring-gift";
import { changeGiftFrequency } from "@/systems/recurring-gifts";
import { seeOther } from "@/systems/same-origin-form";
import { periodEndUnlessFormIsStale, queryWithTypedAmount, whyPaymentWasNotMoved } from "../move-payment-form";

const MAX_AMOUNT_LENGTH = 40;

export const POST = withOwnRecurringGift("", async ({ form, gift, path, readAgain, askStripe, back }) => {
  if (canOnlyStaffChangeGift(gift)) return back({ done: "not-ours" });
  const frequency = otherFrequency(gift.frequency);
  if (!mayChangeFrequency(gift) || !frequency) return back();
  const shownDate = periodEndUnlessFormIsStale(form, gift);
  // Refuses a form that is sent a second time. The first form has already changed the gift's frequency. So
  // otherFrequency() now returns the old frequency, and a second change would undo the first.
  if (!shownDate || form.get("frequency") !== frequency) return back({ done: "stale" });
  const yearly = (form.get("amount") ?? "").slice(0, MAX_AMOUNT_LENGTH);
  const cover = form.get(COVER_FEE_FIELD) ?? "";
  const parsed = parseChangedAmount({ text: yearly, cover, currency: gift.currency }, publication);
  if (parsed.kind === "refused")
    return seeOther(`${path}?${queryWithTypedAmount(gift, { field: "frequency", text: yearly, cover })}`);
  const { money, coveredFeeMinor } = parsed;
  const answer = await askStripe((db, target) =>
    changeGiftFrequency(db, { ...target, shownDate, frequency, money, coveredFeeMinor }),
  );
  const now = await readAgain();
  return back({ done: whyPaymentWasNotMoved(answer) ?? (now.frequency === frequency ? "frequency" : "stale") });
});
