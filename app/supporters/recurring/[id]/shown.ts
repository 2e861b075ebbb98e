// The end of the paid period that a form was drawn with. A stale tab or a second press sends one that is over.
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";

/** Null where the gift has another one now. */
export function readShown(form: URLSearchParams, { paidUntil }: OwnRecurringGift): Date | null {
  return paidUntil && form.get("shown") === paidUntil.toISOString() ? paidUntil : null;
}
