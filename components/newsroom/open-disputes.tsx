// Open disputes, each with the day by which Stripe expects the evidence.
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { OpenDispute } from "@/domain/newsroom/disputes";
import { ScrollTable } from "../ui/scroll-table";

type OpenDisputesProps = { t: Translate; disputes: OpenDispute[]; timeZone: string };

export function OpenDisputes({ t, disputes, timeZone }: OpenDisputesProps) {
  if (disputes.length === 0) return null;
  const day = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeZone });
  return (
    <div className="newsroom-waiting">
      <p id="open-disputes">{t("newsroom.disputes.text", { count: disputes.length })}</p>
      <ScrollTable className="table-stacked" labelledBy="open-disputes">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.disputes.dispute")}</th>
            <th scope="col" className="figure">
              {t("newsroom.disputes.amount")}
            </th>
            <th scope="col">{t("newsroom.disputes.opened")}</th>
            <th scope="col">{t("newsroom.disputes.answer-by")}</th>
          </tr>
        </thead>
        <tbody>
          {disputes.map(({ id, paymentId, money, reason, openedAt, answerBy }) => (
            <tr key={id}>
              <th scope="row">
                {reason.replaceAll("_", " ")}
                <br />
                {paymentId ? (
                  <a href={`/newsroom/payments/${paymentId}`}>
                    <code>{id}</code>
                  </a>
                ) : (
                  <code>{id}</code>
                )}
              </th>
              <td className="figure" data-label={t("newsroom.disputes.amount")}>
                {formatMoney(money, { locale: t.locale, exact: true })}
              </td>
              <td className="nowrap" data-label={t("newsroom.disputes.opened")}>
                {day.format(openedAt)}
              </td>
              <td className="nowrap" data-label={t("newsroom.disputes.answer-by")}>
                {answerBy ? day.format(answerBy) : t("newsroom.disputes.with-the-bank")}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </div>
  );
}
