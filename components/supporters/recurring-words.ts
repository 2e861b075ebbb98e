// How a recurring gift is spoken of: its sum, and how it stands.
import type { Translate } from "@/content/messages";
import type { Frequency } from "@/domain/giving/gift";
import { formatMoney, type Money } from "@/domain/money";
import type { OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import { formatDay } from "../site/format-day";

/** `$10 a month` */
export function sumWords(t: Translate, { money, frequency }: { money: Money; frequency: Frequency }): string {
  return t(`supporters.sum.${frequency}`, { sum: formatMoney(money, { locale: t.locale }) });
}

export function standingWords(t: Translate, { standing, nextPaymentAt, endsAt }: OwnRecurringGift): string | null {
  const next = nextPaymentAt && formatDay(nextPaymentAt, { locale: t.locale });
  const end = endsAt && formatDay(endsAt, { locale: t.locale });
  if (standing === "running") return next && t("supporters.recurring.next", { day: next });
  if (standing === "ending" || standing === "ended") return end && t(`supporters.recurring.${standing}`, { day: end });
  return t(`supporters.recurring.${standing}`);
}
