import type { Translate } from "@/content/messages";
import { chargeTimeFor } from "@/domain/giving/charge-day";
import type { Money } from "@/domain/money";
import type { StaffGiftChangeAction } from "@/domain/newsroom/people/staff-gift-changes";
import type { RecurringGiftForStaff } from "@/domain/newsroom/people/supporter";
import { hasPeriodOverOneMonth, pauseEndAndNextCharge } from "@/domain/supporters/pauses";
import { formatDay } from "../../site/format-day";
import { recurringAmountText } from "../../supporters/recurring-words";

/**
 * `newAmount`: null if the amount stays the same. `pauseMonths`: the length of the pause in months; null if the change
 * is not a pause.
 */
export type PreviewedGiftChange = {
  verb: StaffGiftChangeAction;
  gift: RecurringGiftForStaff;
  newAmount: Money | null;
  pauseMonths: number | null;
};

export function giftChangePreviewSentences(t: Translate, change: PreviewedGiftChange): string[] {
  return [...sentences(t, change), t("people.preview.mailed")];
}

function sentences(t: Translate, { verb, gift, newAmount, pauseMonths }: PreviewedGiftChange): string[] {
  const day = (date: Date | null) => (date ? formatDay(date, { locale: t.locale }) : "");
  const amount = recurringAmountText(t, gift);
  const isLate = gift.standing === "late";
  switch (verb) {
    case "amount": {
      const to = recurringAmountText(t, { money: newAmount, frequency: gift.frequency });
      const next = day(gift.chargesNextAt);
      const from = next && !isLate ? t("people.preview.amount-from", { day: next }) : t("people.preview.amount-next");
      return [t("people.preview.amount", { before: amount, after: to }), from];
    }
    case "pause": {
      const plan = pauseEndAndNextCharge(gift, pauseMonths ?? 1);
      const days = { until: day(plan.until), day: day(plan.chargesNextAt), amount };
      if (hasPeriodOverOneMonth(gift))
        return [t("people.preview.put-off", { ...days, before: day(gift.chargesNextAt) })];
      return [t("people.preview.pause", days), ...(isLate ? [t("people.preview.pause-late")] : [])];
    }
    case "resume":
      return [
        t("people.preview.resume", { amount, day: gift.periodEndsAt ? day(chargeTimeFor(gift.periodEndsAt)) : "" }),
      ];
    case "cancel":
      if (gift.standing !== "running" || !gift.periodEndsAt) return [t("people.preview.cancel-now", { amount })];
      return [t("people.preview.cancel", { amount, day: day(gift.periodEndsAt) })];
  }
}
