// Reports the result of the button that the supporter pressed last.
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { Money } from "@/domain/money";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { publication } from "@/publication";
import { formatDay } from "../site/format-day";
import { amountWords } from "./recurring-words";

export const OUTCOMES = ["amount", "same", "not-ours", "cancelled", "undone", "still-ends", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

type OutcomeNoticeProps = { t: Translate; outcome: Outcome; gift: OwnRecurringGift; before: Money | null };

export function OutcomeNotice({ t, outcome, gift, before }: OutcomeNoticeProps) {
  if (outcome === "failed")
    return (
      <Notice kind="bad" title={t("supporters.failed")}>
        <p>{t("supporters.failed-text")}</p>
      </Notice>
    );
  const isNews = outcome === "amount" || outcome === "cancelled" || outcome === "undone";
  const text = outcomeText(t, { outcome, gift, before });
  return (
    <Notice
      kind={isNews ? "good" : outcome === "still-ends" ? "bad" : "info"}
      title={t(`supporters.done.${outcome}`, { amount: amountWords(t, gift) })}
    >
      {text ? <p>{text}</p> : null}
    </Notice>
  );
}

/** Null if the ledger lacks the day or the amount that the text needs. */
function outcomeText(t: Translate, { outcome, gift, before }: Omit<OutcomeNoticeProps, "t">): string | null {
  const { frequency, nextPaymentAt, endsAt } = gift;
  const day = (date: Date) => formatDay(date, { locale: t.locale });
  if (outcome === "same" || outcome === "not-ours") return t(`supporters.done.${outcome}-text`);
  if (outcome === "still-ends")
    return endsAt && t("supporters.done.still-ends-text", { day: day(endsAt), contact: publication.contact });
  if (outcome === "amount")
    return before && t("supporters.done.amount-text", { before: amountWords(t, { money: before, frequency }) });
  if (gift.standing === "ended") return t("supporters.done.ended-text");
  if (outcome === "cancelled") return endsAt && t("supporters.done.cancelled-text", { day: day(endsAt) });
  return nextPaymentAt && t("supporters.done.undone-text", { amount: amountWords(t, gift), day: day(nextPaymentAt) });
}
