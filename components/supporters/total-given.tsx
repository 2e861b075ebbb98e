import { translator } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import { type OwnPayment, sumKeptAmountsByCurrency } from "@/domain/supporters/own-gifts";
import { formatDay } from "../site/format-day";

/** `ownPayments`: newest first. */
export function TotalGiven({ locale, ownPayments }: { locale: string; ownPayments: readonly OwnPayment[] }) {
  const t = translator(locale);
  const first = ownPayments.findLast(({ kept }) => kept.amountMinor > 0);
  if (!first) return null;
  const sums = sumKeptAmountsByCurrency(ownPayments).map((sum) => formatMoney(sum, { locale }));
  const since = formatDay(first.paidAt, { locale, style: "month" });
  return (
    <p className="given-line">
      {t("supporters.given", { since, amounts: new Intl.ListFormat(locale, { type: "conjunction" }).format(sums) })}
    </p>
  );
}
