// Lists recurring gifts or lapsed supporters. Shows a supporter only as the last characters of their id, never by name.
import { type Translate, translator } from "@/content/messages";
import {
  type GiftEndedOrWithExpiringCard,
  MAX_RECURRING_LIST_ROWS,
  type RecurringListContent,
  type RecurringListName,
} from "@/domain/newsroom/recurring-rows";
import { formatDay } from "../../site/format-day";
import { recurringAmountText } from "../../supporters/recurring-words";
import { ScrollTable } from "../../ui/scroll-table";
import { NewsroomPage } from "../newsroom-page";

type RecurringListScreenProps = {
  locale: string;
  timeZone: string;
  now: Date;
  list: RecurringListName;
  rows: RecurringListContent;
};

export function RecurringListScreen({ locale, timeZone, now, list, rows }: RecurringListScreenProps) {
  const t = translator(locale);
  const title = t(`renewals.rows.${list}`);
  const count = rows.gifts.length + rows.supporters.length;
  return (
    <NewsroomPage locale={locale} section="recurring" title={title} now={now} timeZone={timeZone}>
      <section className="newsroom-part">
        <p className="newsroom-note" id="rows">
          {t(`renewals.rows.note.${list}`, { count, days: rows.days })}
        </p>
        {count > 0 ? <Rows {...{ t, list, rows, timeZone }} /> : null}
        {rows.isCut ? (
          <p className="newsroom-note">{t("renewals.rows.most", { most: MAX_RECURRING_LIST_ROWS })}</p>
        ) : null}
      </section>
    </NewsroomPage>
  );
}

type RowsProps = { t: Translate; list: RecurringListName; rows: RecurringListContent; timeZone: string };

function Rows({ t, list, rows: { gifts, supporters }, timeZone }: RowsProps) {
  const day = (at: Date) => formatDay(at, { locale: t.locale, timeZone });
  return (
    <ScrollTable labelledBy="rows">
      <thead>
        <tr>
          <th scope="col">{t(list === "lapsed" ? "renewals.rows.supporter" : "renewals.rows.gift")}</th>
          <th scope="col">{t(`renewals.rows.day.${list}`)}</th>
          {list === "ended" ? <th scope="col">{t("renewals.rows.reason")}</th> : null}
        </tr>
      </thead>
      <tbody>
        {gifts.map((gift) => (
          <tr key={gift.id}>
            <th scope="row">
              <a className="renewals-open" href={`/newsroom/gifts/${gift.id}`}>
                {recurringAmountText(t, gift)}
              </a>
            </th>
            <td className="nowrap">{day(gift.endsAt)}</td>
            {gift.reason ? <td>{reasonWords(t, gift.reason)}</td> : null}
          </tr>
        ))}
        {supporters.map(({ id, lastPaidAt }) => (
          <tr key={id}>
            <th scope="row">
              <a className="renewals-open" href={`/newsroom/people/${id}`}>
                <code>{id.slice(-6)}</code>
              </a>
            </th>
            <td className="nowrap">{day(lastPaidAt)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function reasonWords(t: Translate, reason: NonNullable<GiftEndedOrWithExpiringCard["reason"]>): string {
  return t(`newsroom.endings.${reason}`);
}
