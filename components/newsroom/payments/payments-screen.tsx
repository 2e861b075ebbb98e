import { ChartLinks } from "@/components/charts/chart-frame";
import { type Translate, translator } from "@/content/messages";
import type { PaymentListPage } from "@/domain/newsroom/payment-list";
import {
  type ParsedPaymentListFilter,
  type PaymentListFilter,
  paymentListFilterQueryString,
} from "@/domain/newsroom/payment-view";
import { formatDay } from "../../site/format-day";
import type { FindArticleHeadline } from "../headline";
import { NewsroomPage } from "../newsroom-page";
import { PaymentFilter } from "./payment-filter";
import { PaymentsTable } from "./payments-table";

type PaymentsScreenProps = ParsedPaymentListFilter & {
  locale: string;
  now: Date;
  timeZone: string;
  currencies: readonly string[];
  /** Null if the filter in the URL was refused. */
  page: PaymentListPage | null;
  findHeadline: FindArticleHeadline;
};

export function PaymentsScreen({ locale, now, timeZone, view, refused, page, ...rest }: PaymentsScreenProps) {
  const t = translator(locale);
  const title = t("payments.title");
  return (
    <NewsroomPage locale={locale} section="people" title={title} now={now} timeZone={timeZone}>
      <PaymentFilter t={t} view={view} refused={refused} currencies={rest.currencies} />
      {page ? (
        <section className="newsroom-part">
          <p className="newsroom-note" id="payments">
            {t(page.payments.length > 0 ? "payments.note" : "payments.none")}
          </p>
          {page.payments.length > 0 ? (
            <PaymentsTable
              {...{ t, timeZone, payments: page.payments, findHeadline: rest.findHeadline }}
              mayOpenPayments
              labelledBy="payments"
            />
          ) : null}
          <Pages t={t} view={view} page={page} timeZone={timeZone} />
          <ChartLinks
            t={t}
            title={title}
            csv={`/newsroom/payments/payments.csv?${paymentListFilterQueryString({ ...view, after: null })}`}
            figures={["payments", "kept"]}
          />
        </section>
      ) : null}
    </NewsroomPage>
  );
}

type PagesProps = { t: Translate; view: PaymentListFilter; page: PaymentListPage; timeZone: string };

function Pages({ t, view, page: { next, lookedBackTo }, timeZone }: PagesProps) {
  const day = lookedBackTo && formatDay(lookedBackTo, { locale: t.locale, timeZone });
  return (
    <p className="payments-pages">
      {day ? <span>{t("payments.looked-back", { day })}</span> : null}
      {view.after ? <a href={pathOf({ ...view, after: null })}>{t("payments.newest")}</a> : null}
      {next ? <a href={pathOf({ ...view, after: next })}>{t(day ? "payments.further" : "payments.older")}</a> : null}
    </p>
  );
}

function pathOf(view: PaymentListFilter): string {
  return `/newsroom/payments?${paymentListFilterQueryString(view)}`;
}
