import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { IncomeWithEarlierPeriods } from "@/domain/newsroom/income-report";
import { incomeViewUrlQuery } from "@/domain/newsroom/income-view";
import type { WeeklyReview } from "@/domain/newsroom/weekly-review";
import { type FindArticleHeadline, headlineOrReplacement } from "../headline";
import { ExchangeRatesNote } from "../income/exchange-rates-note";
import { formatPercentChange } from "../income/income-words";
import { forecastSentence } from "../recurring/next-month";
import { recurringMovementsOfMonthSentence } from "../recurring/value-summary";
import type { RenderPageSection } from "../render-page-section";
import { ExperimentVerdicts } from "./experiment-verdicts";

type WeeklyReviewSectionProps = {
  t: Translate;
  review: WeeklyReview;
  renderPart: RenderPageSection;
  findHeadline: FindArticleHeadline;
  timeZone: string;
  mayOpenAppeals: boolean;
  mayOpenPeople: boolean;
};

export function WeeklyReviewSection({
  t,
  review,
  renderPart,
  findHeadline,
  timeZone,
  ...may
}: WeeklyReviewSectionProps) {
  const { mayOpenAppeals, mayOpenPeople } = may;
  const income = `/newsroom/income?${incomeViewUrlQuery(review.view)}`;
  const count = (value: number) => value.toLocaleString(t.locale);
  const titled = (name: keyof Omit<WeeklyReview, "view" | "verdicts">) => ({ name, title: t(`monday.${name}`) });
  return (
    <div className="monday">
      {renderPart(titled("lastWeek"), review.lastWeek, (headline) => (
        <Answer title={titled("lastWeek").title} figure={money(t, headline.now.converted.kept)} href={income}>
          {weekSentence(t, headline)}
        </Answer>
      ))}
      {renderPart(titled("value"), review.value, (value) => (
        <Answer title={titled("value").title} figure={money(t, value.converted.end)} href="/newsroom/recurring">
          {recurringMovementsOfMonthSentence(t, value)}
        </Answer>
      ))}
      {renderPart(titled("stopped"), review.stopped, ({ endings, days }) => (
        <Answer
          title={titled("stopped").title}
          figure={count(endings.reduce((sum, { gifts }) => sum + gifts, 0))}
          href="/newsroom/recurring#endings"
        >
          {t("monday.stopped.sentence", {
            ...{ reasons: endings.length, days },
            list: listOf(
              t,
              endings.map(({ reason, gifts }) => t("monday.stopped.reason", { reason, count: gifts })),
            ),
          })}
        </Answer>
      ))}
      {renderPart(titled("risk"), review.risk, ({ overdue, cardEnding }) => (
        <Answer
          title={titled("risk").title}
          figure={count(overdue + cardEnding)}
          href={mayOpenPeople ? "/newsroom/recurring/overdue" : "/newsroom/recurring#failed-renewals"}
        >
          {t("monday.risk.sentence", { overdue, cardEnding })}
        </Answer>
      ))}
      {renderPart(titled("nextMonth"), review.nextMonth, (next) => (
        <Answer
          title={titled("nextMonth").title}
          figure={money(t, next.converted.expected)}
          href="/newsroom/recurring#next-month"
        >
          {forecastSentence(t, next)}
        </Answer>
      ))}
      {renderPart(titled("bestSources"), review.bestSources, ({ article, appeal }) => (
        <Answer
          title={titled("bestSources").title}
          figure={
            article ? headlineOrReplacement(t, { article: article.name, findHeadline }) : t("monday.bestSources.none")
          }
          isWords
          href={`${income}#by-article`}
        >
          {article ? t("monday.bestSources.article", { net: money(t, article.net) }) : null}{" "}
          {appeal ? t("monday.bestSources.appeal", { appeal: appeal.name, net: money(t, appeal.net) }) : null}
        </Answer>
      ))}
      {renderPart({ name: "verdicts", title: t("monday.experiment") }, review.verdicts, (verdicts) => (
        <ExperimentVerdicts t={t} verdicts={verdicts} timeZone={timeZone} mayOpenAppeals={mayOpenAppeals} />
      ))}
      {renderPart(titled("lastWeek"), review.lastWeek, ({ now, before, yearBefore }) => (
        <div className="monday-rates">
          <ExchangeRatesNote t={t} lines={[now, before, yearBefore]} />
        </div>
      ))}
    </div>
  );
}

type AnswerProps = {
  title: string;
  figure: string;
  /** True if `figure` is text, such as an article's headline, and not a number. Text is shown in a smaller font. */
  isWords?: boolean;
  href: string;
  children: ReactNode;
};

function Answer({ title, figure, isWords, href, children }: AnswerProps) {
  return (
    <section className="monday-answer">
      <h2>
        <a href={href}>{title}</a>
      </h2>
      <strong className={isWords ? "monday-words" : undefined}>{figure}</strong>
      <p>{children}</p>
    </section>
  );
}

/**
 * Returns a sentence such as "$750 after fees. The week before: $700 (+12%). A year before: $810 (−3%)." Only the first
 * amount is after fees. The other amounts and the percentages are before fees: what was given, less what was returned
 * (`kept` in docs/figures.md).
 */
function weekSentence(t: Translate, { now, before, yearBefore }: IncomeWithEarlierPeriods): string {
  const beside = (line: IncomeWithEarlierPeriods["now"]) =>
    formatPercentChange(t.locale, now.converted.kept.amountMinor, line.converted.kept.amountMinor) ?? "none";
  return t("monday.lastWeek.sentence", {
    ...{ net: money(t, now.converted.net), change: beside(before), before: money(t, before.converted.kept) },
    ...{ yearChange: beside(yearBefore), yearBefore: money(t, yearBefore.converted.kept) },
  });
}

function money(t: Translate, amount: Parameters<typeof formatMoney>[0]): string {
  return formatMoney(amount, { locale: t.locale });
}

function listOf(t: Translate, words: readonly string[]): string {
  return new Intl.ListFormat(t.locale).format(words);
}
