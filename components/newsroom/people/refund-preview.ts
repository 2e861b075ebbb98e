import type { Translate } from "@/content/messages";
import type { Money } from "@/domain/money";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { PaymentForStaff } from "@/domain/newsroom/people/payment";
import type { RefundPlan } from "@/domain/newsroom/people/refund";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { mayCancel } from "@/domain/supporters/own-recurring-gifts";
import { formatDay } from "../../site/format-day";
import { recurringAmountText } from "../../supporters/recurring-words";

export type RefundPreview = {
  payment: PaymentForStaff;
  plan: Pick<RefundPlan, "money" | "left" | "needsSecondPerson">;
  gift: OwnRecurringGift | null;
  endsGift: boolean;
};

export function previewRefund(t: Translate, { payment, plan, gift, endsGift }: RefundPreview): string[] {
  return [
    t("people.refund.returns", { amount: formatMoneyWithDecimals(t.locale, plan.money) }),
    leftWords(t, { given: payment.money, left: plan.left }),
    t("people.refund.fee"),
    ...(gift ? giftWords(t, gift, endsGift) : []),
    ...(payment.row.supporterId ? [t("people.refund.mailed")] : []),
  ];
}

function leftWords(t: Translate, { given, left }: { given: Money; left: Money }): string {
  const values = { given: formatMoneyWithDecimals(t.locale, given), left: formatMoneyWithDecimals(t.locale, left) };
  return t(left.amountMinor === 0 ? "people.refund.left-none" : "people.refund.left", values);
}

function giftWords(t: Translate, gift: OwnRecurringGift, endsGift: boolean): string[] {
  const day = (date: Date) => formatDay(date, { locale: t.locale });
  if (endsGift && mayCancel(gift))
    return gift.standing === "running" && gift.periodEndsAt
      ? [t("people.refund.gift-ends", { day: day(gift.periodEndsAt) })]
      : [t("people.refund.gift-ends-now")];
  if (!gift.chargesNextAt) return [];
  return [t("people.refund.gift-stays", { amount: recurringAmountText(t, gift), day: day(gift.chargesNextAt) })];
}
