import { ChartLinks } from "@/components/charts/chart-frame";
import { frequencyPhrase } from "@/components/giving/frequency-words";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { type OnceOrRecurringFrequency, parseBillingInterval } from "@/domain/giving/frequency";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { GiftSizesNowAndBefore } from "@/domain/newsroom/income-report";
import { NoAmountDash } from "../amounts";

type GiftSizesTableProps = { t: Translate; sizes: GiftSizesNowAndBefore; csv: string };

export function GiftSizesTable({ t, sizes, csv }: GiftSizesTableProps) {
  const title = t("income.sizes.title");
  const hasBefore = sizes.before.length > 0;
  return (
    <section className="newsroom-part" id="sizes">
      <h2 id="sizes-title">{title}</h2>
      {sizes.now.length === 0 ? (
        <p className="newsroom-note">{t("income.nothing")}</p>
      ) : (
        <ScrollTable className="table-stacked" labelledBy="sizes-title">
          <thead>
            <tr>
              <th scope="col">{t("income.sizes.frequency")}</th>
              {["payments", "average-gift", "median-gift"].map((figure) => (
                <th key={figure} scope="col" className="figure">
                  {t(`figure.${figure as "payments"}.name`)}
                </th>
              ))}
              {hasBefore ? (
                <th scope="col" className="figure">
                  {t("income.sizes.beside")}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {sizes.now.map((size) => (
              <tr key={`${size.currency} ${size.frequency}`}>
                <th scope="row">{`${frequencyName(t, size.frequency)}, ${size.currency}`}</th>
                <td className="figure" data-label={t("figure.payments.name")}>
                  {size.payments.toLocaleString(t.locale)}
                </td>
                <td className="figure" data-label={t("figure.average-gift.name")}>
                  {formatMoneyWithDecimals(t.locale, size.average)}
                </td>
                <td className="figure" data-label={t("figure.median-gift.name")}>
                  {formatMoneyWithDecimals(t.locale, size.median)}
                </td>
                {hasBefore ? (
                  <td className="figure" data-label={t("income.sizes.beside")}>
                    <Before t={t} sizes={sizes} size={size} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
      <ChartLinks t={t} title={title} csv={csv} figures={["average-gift", "median-gift"]} />
    </section>
  );
}

function Before({
  t,
  sizes,
  size,
}: {
  t: Translate;
  sizes: GiftSizesNowAndBefore;
  size: GiftSizesNowAndBefore["now"][number];
}) {
  const own = sizes.before.find((each) => each.currency === size.currency && each.frequency === size.frequency);
  return own ? formatMoneyWithDecimals(t.locale, own.average) : <NoAmountDash t={t} />;
}

function frequencyName(t: Translate, frequency: string): string {
  const isKnown = frequency === "once" || parseBillingInterval(frequency) !== null;
  return isKnown ? frequencyPhrase(t, frequency as OnceOrRecurringFrequency) : frequency;
}
