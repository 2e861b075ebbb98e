import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { NextPaymentAttempt } from "@/domain/supporters/next-attempt";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { formatDay } from "../site/format-day";
import { DescriptionList, type DescriptionListRow } from "../ui/fact-list";
import { recurringAmountText } from "./recurring-words";

/** `nextAttempt`: null if the gift is not overdue. */
type RecurringFactsProps = { t: Translate; gift: OwnRecurringGift; nextAttempt: NextPaymentAttempt | null };

export function RecurringGiftDetails({ t, gift, nextAttempt }: RecurringFactsProps) {
  const { locale } = t;
  const day = (date: Date | null) => date && formatDay(date, { locale });
  const isOver = gift.standing === "ending" || gift.standing === "ended";
  const facts: DescriptionListRow[] = [
    [t("supporters.recurring.amount"), recurringAmountText(t, gift)],
    [
      t("supporters.recurring.card-fee"),
      gift.coveredFee && formatMoney(gift.coveredFee, { locale, alwaysDecimals: true }),
    ],
    [t("supporters.recurring.since"), day(gift.startedAt)],
    [t("supporters.recurring.resumes-label"), day(gift.resumesAt)],
    [t("supporters.recurring.next-attempt"), nextAttemptText(t, nextAttempt)],
    [t("supporters.recurring.next-label"), day(gift.chargesNextAt) ?? noneWords(t, gift)],
    [
      t(gift.standing === "ended" ? "supporters.recurring.ended-label" : "supporters.recurring.ends-label"),
      isOver ? day(gift.endsAt) : null,
    ],
  ];
  return <DescriptionList className="recurring-facts" facts={facts} />;
}

/**
 * Returns the text about Stripe's next attempt to charge an overdue gift. Returns null if there is nothing useful to
 * say.
 */
function nextAttemptText(t: Translate, nextAttempt: NextPaymentAttempt | null): string | null {
  if (nextAttempt instanceof Date) return formatDay(nextAttempt, { locale: t.locale });
  return nextAttempt === "awaited" || nextAttempt === "none"
    ? t(`supporters.recurring.next-attempt.${nextAttempt}`)
    : null;
}

function noneWords(t: Translate, { standing }: OwnRecurringGift): string | null {
  return standing === "paused" || standing === "unpaid" ? t(`supporters.recurring.none-${standing}`) : null;
}
