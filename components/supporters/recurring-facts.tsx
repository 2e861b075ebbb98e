import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { NextTry } from "@/domain/supporters/next-try";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { formatDay } from "../site/format-day";
import { type Fact, FactList } from "../ui/fact-list";
import { recurringAmountText } from "./recurring-words";

/** `nextTry`: null if the gift is not overdue. */
type RecurringFactsProps = { t: Translate; gift: OwnRecurringGift; nextTry: NextTry | null };

export function RecurringFacts({ t, gift, nextTry }: RecurringFactsProps) {
  const { locale } = t;
  const day = (date: Date | null) => date && formatDay(date, { locale });
  const isOver = gift.standing === "ending" || gift.standing === "ended";
  const facts: Fact[] = [
    [t("supporters.recurring.amount"), recurringAmountText(t, gift)],
    [t("supporters.recurring.card-fee"), gift.coveredFee && formatMoney(gift.coveredFee, { locale, exact: true })],
    [t("supporters.recurring.since"), day(gift.startedAt)],
    [t("supporters.recurring.resumes-label"), day(gift.resumesAt)],
    [t("supporters.recurring.next-try"), nextTryText(t, nextTry)],
    [t("supporters.recurring.next-label"), day(gift.chargesNextAt) ?? noneWords(t, gift)],
    [
      t(gift.standing === "ended" ? "supporters.recurring.ended-label" : "supporters.recurring.ends-label"),
      isOver ? day(gift.endsAt) : null,
    ],
  ];
  return <FactList className="recurring-facts" facts={facts} />;
}

/** Returns the text for the next attempt. Null if it would tell a supporter nothing useful. */
function nextTryText(t: Translate, nextTry: NextTry | null): string | null {
  if (nextTry instanceof Date) return formatDay(nextTry, { locale: t.locale });
  return nextTry === "awaited" || nextTry === "none" ? t(`supporters.recurring.next-try.${nextTry}`) : null;
}

function noneWords(t: Translate, { standing }: OwnRecurringGift): string | null {
  return standing === "paused" || standing === "unpaid" ? t(`supporters.recurring.none-${standing}`) : null;
}
