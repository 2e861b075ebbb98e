// Each form sends the end of the paid period that its page showed. A stale tab or a second press sends an older one.
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";

/** Returns the end of the paid period that the form sent, or null if the gift has another one by now. */
export function readShown(form: URLSearchParams, { paidUntil }: OwnRecurringGift): Date | null {
  return paidUntil && form.get("shown") === paidUntil.toISOString() ? paidUntil : null;
}
