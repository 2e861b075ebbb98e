// Functions for the forms that change a recurring gift. The forms that move a payment also send the end of the paid
// period that the gift's page showed. If this date has changed since then, for example because the form was sent twice,
// the form is refused.
import { COVER_FEE_FIELD } from "@/domain/giving/gift-form";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import type { NextPaymentChangeOutcome } from "@/systems/stripe/move-payment";

/**
 * Returns the end of the paid period. Returns null if the gift has no such date, or if the form contains another date.
 */
export function periodEndUnlessFormIsStale(form: URLSearchParams, { periodEndsAt }: OwnRecurringGift): Date | null {
  return periodEndsAt && form.get("shown") === periodEndsAt.toISOString() ? periodEndsAt : null;
}

/** Returns why the payment was not moved, or null if it was moved. */
export function whyPaymentWasNotMoved(
  answer: NextPaymentChangeOutcome | "failed",
): "failed" | "not-ours" | "too-far" | "stale" | null {
  if (answer === "refused") return "not-ours";
  return answer === "changed" ? null : answer;
}

/**
 * Returns a URL query with which the gift's page shows the typed amount again. It also contains the value of the card
 * fee's checkbox if the gift covers the fee now, or the supporter checked the box.
 */
export function queryWithTypedAmount(
  { coveredFee }: OwnRecurringGift,
  { field, text, cover }: { field: "amount" | "frequency"; text: string; cover: string },
): string {
  return String(new URLSearchParams({ [field]: text, ...(coveredFee || cover ? { [COVER_FEE_FIELD]: cover } : {}) }));
}
