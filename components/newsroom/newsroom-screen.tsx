// One screen: what came in, what will come in again, and on which reporting.
import { AccountLine } from "@/components/supporters/account-line";
import { type Translate, translator } from "@/content/messages";
import type { BooksState } from "@/domain/newsroom/books";
import type { NewsroomFigures } from "@/domain/newsroom/figures";
import { ByArticle } from "./by-article";
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
};

export function NewsroomScreen({ locale, figures, timeZone, findHeadline, replayed }: NewsroomScreenProps) {
  const t = translator(locale);
  const { now, today, month, all, pending, recurring, year, latest, articles, attention } = figures;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone }).format(now);
  const monthName = new Intl.DateTimeFormat(locale, { month: "long", timeZone }).format(now);
  const periods = [
    { name: t("newsroom.money.today"), totals: today },
    { name: t("newsroom.money.month"), totals: month },
    { name: t("newsroom.money.all"), totals: all },
  ];
  return (
    <div className="page newsroom">
      <header className="newsroom-head">
        <h1>{t("newsroom.title")}</h1>
        <p>{t("newsroom.as-of", { time })}</p>
      </header>
      <ReplayedNotice t={t} replayed={replayed} />
      <NeedsAPerson t={t} attention={attention} timeZone={timeZone} now={now} />
      {latest.length === 0 ? (
        <p className="newsroom-empty">{t("newsroom.nothing-yet")}</p>
      ) : (
        <>
          <MonthSoFar t={t} month={monthName} totals={month} />
          <MoneyReceived t={t} periods={periods} pending={pending} books={booksText(t, attention.books, timeZone)} />
          <RecurringGifts t={t} values={recurring} />
          <Year t={t} {...year} />
          <LatestPayments t={t} payments={latest} findHeadline={findHeadline} timeZone={timeZone} />
          <ByArticle t={t} articles={articles} findHeadline={findHeadline} />
        </>
      )}
      <AccountLine locale={locale} address={null} />
    </div>
  );
}

function booksText(t: Translate, books: BooksState | null, timeZone: string): string {
  if (!books) return t("newsroom.books.never");
  const time = new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return t("newsroom.books.checked", { time: time.format(books.checkedAt), count: books.differences });
}
