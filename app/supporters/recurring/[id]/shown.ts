// For forms that move a payment: the end of the paid period that a form was drawn with. A stale tab or a second press sends one that is over.
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import type { Moved } from "@/systems/stripe/move-payment";

/** Null where the gift has another one now. */
export function readShown(form: URLSearchParams, { paidUntil }: OwnRecurringGift): Date | null {
  return paidUntil && form.get("shown") === paidUntil.toISOString() ? paidUntil : null;
}

/** The result that the page reports. Null where Stripe has moved the payment. */
export function outcomeOfMove(answer: Moved | "failed"): "failed" | "not-ours" | "too-far" | "stale" | null {
  if (answer === "refused") return "not-ours";
  return answer === "changed" ? null : answer;
}
