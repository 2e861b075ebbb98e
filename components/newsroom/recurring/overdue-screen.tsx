// Shows no names.
import { ChartLinks } from "@/components/charts/chart-frame";
import { ScrollTable, SignWithSpokenText } from "@/components/ui/scroll-table";
import { type Translate, translator } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import {
  MAX_LISTED_OVERDUE_GIFTS,
  OVERDUE_GIFTS_SORT_ORDERS,
  type OverdueGift,
  type OverdueGifts,
  type OverdueGiftsSortOrder,
} from "@/domain/newsroom/overdue-gifts";
import { formatDay } from "../../site/format-day";
import { recurringAmountText } from "../../supporters/recurring-words";
import { declineReasonText } from "../decline-words";
import { NewsroomPage } from "../newsroom-page";

const PATH = "/newsroom/recurring/overdue";

type OverdueScreenProps = {
  locale: string;
  timeZone: string;
  now: Date;
  order: OverdueGiftsSortOrder;
  gifts: OverdueGifts;
};

export function OverdueScreen({ locale, timeZone, now, order, gifts: { shown, count } }: OverdueScreenProps) {
  const t = translator(locale);
  const title = t("renewals.overdue.title");
  return (
    <NewsroomPage locale={locale} section="recurring" title={title} now={now} timeZone={timeZone}>
      <section className="newsroom-part">
        <p className="newsroom-note" id="overdue">
          {t("renewals.overdue.note", { count })}
        </p>
        {count > 1 ? <Orders t={t} order={order} /> : null}
        {count > 0 ? <Gifts {...{ t, shown, timeZone }} /> : null}
        {count > MAX_LISTED_OVERDUE_GIFTS ? (
          <p className="newsroom-note">{t("renewals.overdue.most", { most: MAX_LISTED_OVERDUE_GIFTS, count })}</p>
        ) : null}
        <ChartLinks t={t} title={title} csv={`${PATH}/gifts.csv?by=${order}`} figures={["overdue"]} />
      </section>
    </NewsroomPage>
  );
}

function Orders({ t, order }: { t: Translate; order: OverdueGiftsSortOrder }) {
  return (
    <nav className="renewals-orders" aria-label={t("renewals.overdue.orders")}>
      {OVERDUE_GIFTS_SORT_ORDERS.map((each) => (
        <a key={each} href={`${PATH}?by=${each}`} aria-current={each === order ? "true" : undefined}>
          {t(`renewals.overdue.order.${each}`)}
        </a>
      ))}
    </nav>
  );
}

type GiftsProps = { t: Translate; shown: readonly OverdueGift[]; timeZone: string };

function Gifts({ t, shown, timeZone }: GiftsProps) {
  return (
    <ScrollTable className="table-stacked" labelledBy="overdue">
      <thead>
        <tr>
          <th scope="col">{t("renewals.rows.gift")}</th>
          <th scope="col" className="figure">
            {t("renewals.overdue.per-month")}
          </th>
          <th scope="col">{t("renewals.overdue.since")}</th>
          <th scope="col">{t("newsroom.failed.reason")}</th>
          <th scope="col">{t("renewals.overdue.next")}</th>
          <th scope="col">{t("renewals.overdue.mail")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((gift) => (
          <GiftLine key={gift.id} {...{ t, gift, timeZone }} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function GiftLine({ t, gift, timeZone }: { t: Translate; gift: OverdueGift; timeZone: string }) {
  const { id, perMonth, since, nextAttempt, lastMail } = gift;
  const day = (at: Date) => formatDay(at, { locale: t.locale, timeZone, style: "short" });
  const unknown = <SignWithSpokenText sign="–" spoken={t("renewals.overdue.unknown")} />;
  return (
    <tr>
      <th scope="row">
        <a className="renewals-open" href={`/newsroom/gifts/${id}`}>
          {recurringAmountText(t, gift)}
        </a>
      </th>
      <td className="figure" data-label={t("renewals.overdue.per-month")}>
        {perMonth ? formatMoneyWithDecimals(t.locale, perMonth) : unknown}
      </td>
      <td className="nowrap" data-label={t("renewals.overdue.since")}>
        {since ? day(since) : unknown}
      </td>
      <td data-label={t("newsroom.failed.reason")}>{declineReasonText(t, gift.code)}</td>
      <td data-label={t("renewals.overdue.next")}>
        {nextAttempt instanceof Date ? day(nextAttempt) : t(`renewals.overdue.next.${nextAttempt}`)}
      </td>
      <td data-label={t("renewals.overdue.mail")}>
        {lastMail
          ? t(`renewals.overdue.mail.${lastMail.kind}`, { day: day(lastMail.at) })
          : t("renewals.overdue.mail.none")}
      </td>
    </tr>
  );
}
