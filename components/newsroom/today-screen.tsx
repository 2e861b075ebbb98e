import { type Translate, translator } from "@/content/messages";
import { countWaitingTasks, type ItemsAwaitingStaff } from "@/domain/newsroom/attention";
import type { TodayPageFigures } from "@/domain/newsroom/figures";
import type { OnPageSectionFailure } from "@/domain/newsroom/page-section";
import { Notice } from "../ui/notice";
import { booksCheckText } from "./books-notice";
import type { FindArticleHeadline } from "./headline";
import { LatestPayments } from "./latest-payments";
import { MonthSoFar } from "./month-so-far";
import { NewsroomPage } from "./newsroom-page";
import { createPageSectionRenderer } from "./render-page-section";
import { WeeklyReviewSection } from "./weekly-review/weekly-review";

type TodayScreenProps = {
  locale: string;
  figures: TodayPageFigures;
  timeZone: string;
  findHeadline: FindArticleHeadline;
  /** False for colleagues who are not allowed to open the queue. */
  mayOpenQueue: boolean;
  /** False for colleagues who are not allowed to open payments' pages. */
  mayOpenPeople: boolean;
  /** False for colleagues who are not allowed to open appeals and their experiments. */
  mayOpenAppeals: boolean;
  /** Called for each part that could not be rendered. */
  onFailure: OnPageSectionFailure;
};

export function TodayScreen({
  locale,
  figures,
  timeZone,
  findHeadline,
  mayOpenQueue,
  mayOpenPeople,
  mayOpenAppeals,
  onFailure,
}: TodayScreenProps) {
  const t = translator(locale);
  const { now, weeklyReview, totals, latest, attention } = figures;
  const month = new Intl.DateTimeFormat(locale, { month: "long", timeZone }).format(now);
  const renderPart = createPageSectionRenderer({ t, onFailure });
  const isEmpty = totals.kind === "here" && totals.value.all.length === 0 && totals.value.pending.length === 0;
  return (
    <NewsroomPage locale={locale} section="today" now={now} timeZone={timeZone}>
      <Waiting t={t} attention={attention} mayOpenQueue={mayOpenQueue} />
      {isEmpty ? null : (
        <WeeklyReviewSection
          {...{ t, review: weeklyReview, renderPart, findHeadline, timeZone, mayOpenAppeals, mayOpenPeople }}
        />
      )}
      {renderPart({ name: "books", title: t("newsroom.books.title") }, attention.books, (value) => (
        <p className="newsroom-note">{booksCheckText(t, value, timeZone)}</p>
      ))}
      {isEmpty ? <p className="newsroom-empty">{t("newsroom.nothing-yet")}</p> : null}
      {isEmpty
        ? null
        : renderPart({ name: "month", title: t("newsroom.month-so-far", { month }) }, totals, (value) => (
            <MonthSoFar t={t} month={month} totals={value.month} />
          ))}
      {isEmpty
        ? null
        : renderPart({ name: "latest", title: t("newsroom.latest.title") }, latest, (payments) => (
            <LatestPayments
              t={t}
              payments={payments}
              findHeadline={findHeadline}
              timeZone={timeZone}
              areLinked={mayOpenPeople}
            />
          ))}
    </NewsroomPage>
  );
}

function Waiting({
  t,
  attention,
  mayOpenQueue,
}: {
  t: Translate;
  attention: ItemsAwaitingStaff;
  mayOpenQueue: boolean;
}) {
  const count = countWaitingTasks(attention);
  if (count === 0) return null;
  return (
    <Notice kind="bad" title={t("newsroom.waiting.title", { count })}>
      <p>{mayOpenQueue ? <a href="/newsroom/queue">{t("newsroom.waiting.open")}</a> : t("newsroom.waiting.told")}</p>
    </Notice>
  );
}
