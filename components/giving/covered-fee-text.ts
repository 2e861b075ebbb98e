import type { Translate } from "@/content/messages";
import { formatMoney, type Money } from "@/domain/money";

/** Returns a sentence such as "$0.76 of it covers the card fee." */
export function coveredFeeText(t: Translate, fee: Money): string {
  return t("giving.cover.part", { fee: formatMoney(fee, { locale: t.locale, alwaysDecimals: true }) });
}
