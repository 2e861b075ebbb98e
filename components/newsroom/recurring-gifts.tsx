// Recurring gifts per currency: their number, and their value a month.
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { RecurringValue } from "@/domain/newsroom/recurring";
import { ScrollTable } from "../ui/scroll-table";

export function RecurringGifts({ t, values }: { t: Translate; values: RecurringValue[] }) {
  return (
    <section className="newsroom-part">
      <h2 id="recurring-gifts">{t("newsroom.recurring.title")}</h2>
      {values.length === 0 ? (
        <p>{t("newsroom.recurring.empty")}</p>
      ) : (
        <>
          <p className="newsroom-note">{t("newsroom.recurring.note")}</p>
          <ScrollTable className="table-stacked" labelledBy="recurring-gifts">
            <thead>
              <tr>
                <th scope="col">{t("newsroom.money.currency")}</th>
                <th scope="col" className="figure">
                  {t("newsroom.recurring.per-month")}
                </th>
                <th scope="col" className="figure">
                  {t("newsroom.recurring.active")}
                </th>
                <th scope="col" className="figure">
                  {t("newsroom.recurring.ending")}
                </th>
                <th scope="col" className="figure">
                  {t("newsroom.recurring.past-due")}
                </th>
              </tr>
            </thead>
            <tbody>
              {values.map(({ currency, perMonth, active, ending, pastDue }) => (
                <tr key={currency}>
                  <th scope="row">{currency}</th>
                  <td className="figure" data-label={t("newsroom.recurring.per-month")}>
                    {formatMoney(perMonth, { locale: t.locale, exact: true })}
                  </td>
                  <td className="figure" data-label={t("newsroom.recurring.active")}>
                    {active.toLocaleString(t.locale)}
                  </td>
                  <td className="figure" data-label={t("newsroom.recurring.ending")}>
                    {ending.toLocaleString(t.locale)}
                  </td>
                  <td className="figure" data-label={t("newsroom.recurring.past-due")}>
                    {pastDue.toLocaleString(t.locale)}
                  </td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        </>
      )}
    </section>
  );
}
