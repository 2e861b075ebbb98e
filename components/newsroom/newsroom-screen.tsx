// The newsroom's page on one screen: payments, recurring gifts, and the articles that readers gave on.
import { AccountLine } from "@/components/supporters/account-line";
import { type Translate, translator } from "@/content/messages";
import type { NewsroomFigures } from "@/domain/newsroom/figures";
import type { OnFailure } from "@/domain/newsroom/part";
import type { Totals } from "@/domain/newsroom/totals";
import { booksText } from "./books-notice";
import { ByArticle } from "./by-article";
import { ByVariant } from "./by-variant";
import { type DrawPart, partDrawer } from "./draw-part";
import { Endings } from "./endings";
import { FailedRenewals } from "./failed-renewals";
import type { FindHeadline } from "./headline";
import { LatestPayments } from "./latest-payments";
import { MoneyReceived } from "./money-received";
import { MonthSoFar } from "./month-so-far";
import { NeedsAPerson } from "./needs-a-person";
import { RecurringGifts } from "./recurring-gifts";
import { type Replayed, ReplayedNotice } from "./replayed";
import { Year } from "./year";

type NewsroomScreenProps = {
  locale: string;
  figures: NewsroomFigures;
  timeZone: string;
  findHeadline: FindHeadline;
  replayed: Replayed | null;
  sealAddress: (emailHash: string) => string;
  /** Called for each part that could not be drawn. The other parts are still drawn. */
  onFailure: OnFailure;
};

export function NewsroomScreen({
  locale,
  figures,
  timeZone,
  findHeadline,
  replayed,
  sealAddress,
  onFailure,
}: NewsroomScreenProps) {
  const t = translator(locale);
  const { now, totals, attention } = figures;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone }).format(now);
  const drawPart = partDrawer({ t, onFailure });
  const isEmpty = totals.kind === "here" && totals.value.all.length === 0 && totals.value.pending.length === 0;
  return (
    <div className="page newsroom">
      <header className="newsroom-head">
        <h1>{t("newsroom.title")}</h1>
        <p>{t("newsroom.as-of", { time })}</p>
      </header>
      <ReplayedNotice t={t} replayed={replayed} />
      <NeedsAPerson
        t={t}
        attention={attention}
        timeZone={timeZone}
        now={now}
        sealAddress={sealAddress}
        drawPart={drawPart}
      />
      {isEmpty ? (
        <p className="newsroom-empty">{t("newsroom.nothing-yet")}</p>
      ) : (
        <Parts t={t} figures={figures} timeZone={timeZone} findHeadline={findHeadline} drawPart={drawPart} />
      )}
      <AccountLine locale={locale} address={null} />
    </div>
  );
}

type PartsProps = {
  t: Translate;
  figures: NewsroomFigures;
  timeZone: string;
  findHeadline: FindHeadline;
  drawPart: DrawPart;
};

function Parts({ t, figures, timeZone, findHeadline, drawPart }: PartsProps) {
  const { now, totals, recurring, year, latest, articles, attention } = figures;
  const { failedRenewals, endings, variants } = figures;
  const month = new Intl.DateTimeFormat(t.locale, { month: "long", timeZone }).format(now);
  const books = drawPart({ name: "books", title: t("newsroom.books.title") }, attention.books, (value) => (
    <p className="newsroom-note">{booksText(t, value, timeZone)}</p>
  ));
  return (
    <>
      {drawPart({ name: "month", title: t("newsroom.month-so-far", { month }) }, totals, (value) => (
        <MonthSoFar t={t} month={month} totals={value.month} />
      ))}
      {drawPart({ name: "totals", title: t("newsroom.money.title") }, totals, (value) => (
        <MoneyReceived t={t} periods={periodsOf(t, value)} pending={value.pending}>
          {books}
        </MoneyReceived>
      ))}
      {drawPart({ name: "recurring", title: t("newsroom.recurring.title") }, recurring, (values) => (
        <RecurringGifts t={t} values={values} />
      ))}
      {drawPart({ name: "failed-renewals", title: t("newsroom.failed.title") }, failedRenewals, (renewals) => (
        <FailedRenewals t={t} renewals={renewals} timeZone={timeZone} />
      ))}
      {drawPart({ name: "endings", title: t("newsroom.endings.title") }, endings, (value) => (
        <Endings t={t} endings={value} />
      ))}
      {drawPart({ name: "year", title: t("newsroom.year.title") }, year, (value) => (
        <Year t={t} {...value} />
      ))}
      {drawPart({ name: "latest", title: t("newsroom.latest.title") }, latest, (payments) => (
        <LatestPayments t={t} payments={payments} findHeadline={findHeadline} timeZone={timeZone} />
      ))}
      {drawPart({ name: "articles", title: t("newsroom.articles.title") }, articles, (value) => (
        <ByArticle t={t} articles={value} findHeadline={findHeadline} />
      ))}
      {drawPart({ name: "variants", title: t("newsroom.variants.title") }, variants, (value) => (
        <ByVariant t={t} variants={value} />
      ))}
    </>
  );
}

function periodsOf(t: Translate, { today, month, all }: Totals) {
  return [
    { name: t("newsroom.money.today"), totals: today },
    { name: t("newsroom.money.month"), totals: month },
    { name: t("newsroom.money.all"), totals: all },
  ];
}
