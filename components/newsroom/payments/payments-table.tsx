// Supporters appear by id, never by name or e-mail address.
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { PaymentListItem } from "@/domain/newsroom/latest";
import { frequencyPhrase } from "../../giving/frequency-words";
import { ScrollTable, SignWithSpokenText } from "../../ui/scroll-table";
import { NoAmountDash } from "../amounts";
import { formatDateAndTime } from "../format-time";
import { type FindArticleHeadline, headlineOrReplacement } from "../headline";

type PaymentsTableProps = {
  t: Translate;
  payments: readonly PaymentListItem[];
  /** Without this function, the table has no columns for supporters and articles. */
  findHeadline?: FindArticleHeadline;
  timeZone: string;
  /** False for colleagues who may not open a payment's page. */
  mayOpenPayments: boolean;
  labelledBy: string;
};

export function PaymentsTable({
  t,
  payments,
  findHeadline,
  timeZone,
  mayOpenPayments,
  labelledBy,
}: PaymentsTableProps) {
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
          {findHeadline ? <th scope="col">{t("newsroom.latest.supporter")}</th> : null}
          <th scope="col">{t("newsroom.latest.status")}</th>
          {findHeadline ? <th scope="col">{t("newsroom.latest.article")}</th> : null}
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <PaymentRow
            key={payment.id}
            t={t}
            payment={payment}
            timeZone={timeZone}
            isLinked={mayOpenPayments}
            article={findHeadline ? headlineOrReplacement(t, { article: payment.article, findHeadline }) : null}
          />
        ))}
      </tbody>
    </ScrollTable>
  );
}

type PaymentRowProps = {
  t: Translate;
  payment: PaymentListItem;
  timeZone: string;
  article: string | null;
  isLinked: boolean;
};

function PaymentRow({ t, payment, timeZone, article, isLinked }: PaymentRowProps) {
  const { id, paidAt, money, kept, frequency, shortSupporterId, standing } = payment;
  const moment = <time dateTime={paidAt.toISOString()}>{formatDateAndTime(t, { at: paidAt, timeZone })}</time>;
  return (
    <tr>
      <td className="nowrap" data-label={t("newsroom.latest.time")}>
        {isLinked ? <a href={`/newsroom/payments/${id}`}>{moment}</a> : moment}
      </td>
      <td className="figure" data-label={t("newsroom.latest.amount")}>
        {formatMoney(money, { locale: t.locale, alwaysDecimals: true })}
      </td>
      <td className="figure" data-label={t("newsroom.latest.kept")}>
        <Kept t={t} kept={kept} standing={standing} />
      </td>
      <td data-label={t("newsroom.latest.frequency")}>{frequencyPhrase(t, frequency)}</td>
      {article === null ? null : (
        <td data-label={t("newsroom.latest.supporter")}>
          {shortSupporterId ? (
            <code>{shortSupporterId}</code>
          ) : (
            <SignWithSpokenText sign={t("newsroom.none")} spoken={t("newsroom.latest.unknown")} />
          )}
        </td>
      )}
      <td data-label={t("newsroom.latest.status")} className={`status-${standing}`}>
        {t(`newsroom.standing.${standing}`)}
      </td>
      {article === null ? null : (
        <td className="article-name" data-label={t("newsroom.latest.article")}>
          {article}
        </td>
      )}
    </tr>
  );
}

/** Shows the amount that was kept, or a dash for a payment that has not arrived. */
function Kept({ t, kept, standing }: { t: Translate } & Pick<PaymentListItem, "kept" | "standing">) {
  if (standing === "on-its-way" || standing === "failed") return <NoAmountDash t={t} />;
  return formatMoney(kept, { locale: t.locale, alwaysDecimals: true });
}
