import type { Translate } from "@/content/messages";
import type { OnceOrRecurringFrequency } from "@/domain/giving/frequency";
import { formatMoney, type Money } from "@/domain/money";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { frequencyKeyEndingAndPlaceholderValue } from "../giving/frequency-words";
import { formatDay } from "../site/format-day";

/**
 * Returns a text such as `$10 a month` or `$30 every 3 months`. `money`: null if only Stripe can calculate the amount.
 * The text then says so.
 */
export function recurringAmountText(
  t: Translate,
  { money, frequency }: { money: Money | null; frequency: OnceOrRecurringFrequency },
): string {
  const { word, every } = frequencyKeyEndingAndPlaceholderValue(t, frequency);
  if (money) return t(`supporters.gives.${word}`, { amount: formatMoney(money, { locale: t.locale }), every });
  return t("supporters.recurring.at-stripe", { every });
}

export function recurringGiftStandingText(t: Translate, gift: OwnRecurringGift): string | null {
  const { standing, chargesNextAt, resumesAt, endsAt } = gift;
  const next = dayOf(t, chargesNextAt);
  const end = dayOf(t, endsAt);
  const resumes = dayOf(t, resumesAt);
  if (standing === "running") return next && t("supporters.recurring.next", { day: next });
  if (standing === "ending" && next) return end && t("supporters.recurring.ending-later", { day: end, next });
  if (standing === "ending" || standing === "ended") return end && t(`supporters.recurring.${standing}`, { day: end });
  if (standing === "paused" && resumes) return t("supporters.recurring.paused-until", { day: resumes });
  return t(`supporters.recurring.${standing}`);
}

function dayOf(t: Translate, date: Date | null): string | null {
  return date && formatDay(date, { locale: t.locale });
}
