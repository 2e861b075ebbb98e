// Payments without persons, each with the way to its own page.
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { LatestPayment } from "@/domain/newsroom/latest";
import { frequencyPhrase } from "../../giving/frequency-words";
import { ScrollTable } from "../../ui/scroll-table";
import { NoAmount } from "../amounts";
import { formatTime } from "./format-time";

type PaymentTableProps = { t: Translate; payments: readonly LatestPayment[]; timeZone: string; labelledBy: string };

export function PaymentTable({ t, payments, timeZone, labelledBy }: PaymentTableProps) {
  return (
    <ScrollTable className="table-stacked" labelledBy={labelledBy}>
      <thead>
        <tr>
          <th scope="col">{t("newsroom.latest.time")}</th>
          <th scope="col" className="figure">
            {t("newsroom.latest.amount")}
          </th>
          <th scope="col" className="figure">
            {t("newsroom.latest.kept")}
          </th>
          <th scope="col">{t("newsroom.latest.frequency")}</th>
          <th scope="col">{t("newsroom.latest.status")}</th>
        </tr>
      </thead>
      <tbody>
        {payments.map(({ id, paidAt, money, kept, standing, frequency }) => (
          <tr key={id}>
            <th scope="row" className="nowrap">
              <a href={`/newsroom/payments/${id}`}>
                <time dateTime={paidAt.toISOString()}>{formatTime(t, { at: paidAt, timeZone })}</time>
              </a>
            </th>
            <td className="figure" data-label={t("newsroom.latest.amount")}>
              {formatMoney(money, { locale: t.locale, exact: true })}
            </td>
            <td className="figure" data-label={t("newsroom.latest.kept")}>
              {standing === "on-its-way" || standing === "failed" ? (
                <NoAmount t={t} />
              ) : (
                formatMoney(kept, { locale: t.locale, exact: true })
              )}
            </td>
            <td data-label={t("newsroom.latest.frequency")}>{frequencyPhrase(t, frequency)}</td>
            <td data-label={t("newsroom.latest.status")}>{t(`newsroom.standing.${standing}`)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
