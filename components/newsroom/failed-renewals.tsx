// Renders the list of failed renewals. It contains ids, but no names and no e-mail addresses.
import { ChartLinks } from "@/components/charts/chart-frame";
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { FailedRenewalList as Listed, RenewalWithFailedAttempts } from "@/domain/newsroom/failed-renewals";
import { ScrollTable } from "../ui/scroll-table";
import { declineReasonText } from "./decline-words";

type FailedRenewalsProps = {
  t: Translate;
  renewals: Listed;
  timeZone: string;
  /** False for colleagues who may not open a gift's page. */
  areLinked: boolean;
  csv: string;
};

export function FailedRenewals({ t, renewals, timeZone, areLinked, csv }: FailedRenewalsProps) {
  const { shown, count, days } = renewals;
  return (
    <section className="newsroom-part">
      <h2 id="failed-renewals">{t("newsroom.failed.title")}</h2>
      <p className="newsroom-note">{t("newsroom.failed.note", { count, days, more: count - shown.length })}</p>
      {shown.length > 0 ? (
        <ScrollTable className="table-stacked" labelledBy="failed-renewals">
          <thead>
            <tr>
              <th scope="col">{t("newsroom.failed.invoice")}</th>
              <th scope="col">{t("newsroom.failed.day")}</th>
              <th scope="col" className="figure">
                {t("newsroom.failed.amount")}
              </th>
              <th scope="col">{t("newsroom.failed.reason")}</th>
              <th scope="col" className="figure">
                {t("newsroom.failed.tries")}
              </th>
              <th scope="col">{t("newsroom.failed.since")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((renewal) => (
              <RenewalRow key={renewal.invoiceId} t={t} renewal={renewal} timeZone={timeZone} isLinked={areLinked} />
            ))}
          </tbody>
        </ScrollTable>
      ) : null}
      <ChartLinks t={t} title={t("newsroom.failed.title")} csv={csv} figures={["overdue"]} />
    </section>
  );
}

type RenewalRowProps = { t: Translate; renewal: RenewalWithFailedAttempts; timeZone: string; isLinked: boolean };

function RenewalRow({ t, renewal, timeZone, isLinked }: RenewalRowProps) {
  const { invoiceId, recurringGiftId, lastTriedAt, money, tries, outcome } = renewal;
  const day = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <tr>
      <th scope="row">
        <code>{invoiceId}</code>
        {isLinked && recurringGiftId ? (
          <>
            <br />
            <a href={`/newsroom/gifts/${recurringGiftId}`}>{t("renewals.open-gift")}</a>
          </>
        ) : null}
      </th>
      <td className="nowrap" data-label={t("newsroom.failed.day")}>
        <time dateTime={lastTriedAt.toISOString()}>{day.format(lastTriedAt)}</time>
      </td>
      <td className="figure" data-label={t("newsroom.failed.amount")}>
        {formatMoney(money, { locale: t.locale, alwaysDecimals: true })}
      </td>
      <td data-label={t("newsroom.failed.reason")}>{declineReasonText(t, renewal.code)}</td>
      <td className="figure" data-label={t("newsroom.failed.tries")}>
        {tries.toLocaleString(t.locale)}
      </td>
      <td data-label={t("newsroom.failed.since")} className={`renewal-${outcome}`}>
        {t(`newsroom.failed.since.${outcome}`)}
      </td>
    </tr>
  );
}
