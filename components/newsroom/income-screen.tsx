import { Fragment } from "react";
import { type Translate, translator } from "@/content/messages";
import type { IncomeFigures } from "@/domain/newsroom/figures";
import { comparedRangesOf } from "@/domain/newsroom/income-report";
import { type IncomeViewWithRefusedDay, incomeViewUrlQuery } from "@/domain/newsroom/income-view";
import type { OnPageSectionFailure } from "@/domain/newsroom/page-section";
import type { Totals } from "@/domain/newsroom/totals";
import { booksCheckText } from "./books-notice";
import type { FindArticleHeadline } from "./headline";
import { ComparedIncomeView } from "./income/compared-income";
import { IncomeByDimensionTable } from "./income/dimension-table";
import { GiftSizesTable } from "./income/gift-sizes-table";
import { IncomePeriodsChart } from "./income/income-periods-chart";
import { formatPeriod } from "./income/income-words";
import { IncomeViewForm } from "./income/view-form";
import { MoneyReceived } from "./money-received";
import { NewsroomPage } from "./newsroom-page";
import { createPageSectionRenderer } from "./render-page-section";

type IncomeScreenProps = IncomeViewWithRefusedDay & {
  locale: string;
  figures: IncomeFigures;
  today: string;
  timeZone: string;
  mayExport: boolean;
  findHeadline: FindArticleHeadline;
  onFailure: OnPageSectionFailure;
};

export function IncomeScreen({ locale, figures, timeZone, findHeadline, onFailure, ...shown }: IncomeScreenProps) {
  const t = translator(locale);
  const { view, today, mayExport } = shown;
  const { now, currencies, commonCurrency, headline, steps, sizes, dimensions, totals, books } = figures;
  const renderPart = createPageSectionRenderer({ t, onFailure });
  const csvOf = (table: string) => `/newsroom/income/${table}.csv?${incomeViewUrlQuery(view)}`;
  const period = formatPeriod(locale, comparedRangesOf({ view, today }).range);
  const booksLine = renderPart({ name: "books", title: t("newsroom.books.title") }, books, (value) => (
    <p className="newsroom-note">{booksCheckText(t, value, timeZone)}</p>
  ));
  return (
    <NewsroomPage locale={locale} section="income" now={now} timeZone={timeZone}>
      <IncomeViewForm t={t} {...{ view, refusedDay: shown.refusedDay, today, currencies, commonCurrency }} />
      {renderPart({ name: "headline", title: period }, headline, (value) => (
        <ComparedIncomeView t={t} headline={value} csv={csvOf("compared")} />
      ))}
      {renderPart({ name: "steps", title: t("income.steps.title", { step: view.step }) }, steps, (value) => (
        <IncomePeriodsChart t={t} steps={value} view={view} mayExport={mayExport} csv={csvOf("steps")} />
      ))}
      {renderPart({ name: "sizes", title: t("income.sizes.title") }, sizes, (value) => (
        <GiftSizesTable t={t} sizes={value} csv={csvOf("sizes")} />
      ))}
      {dimensions.map(({ dimension, parts }) => (
        <Fragment key={dimension}>
          {renderPart({ name: dimension, title: t(`income.by.${dimension}`) }, parts, (value) => (
            <IncomeByDimensionTable {...{ t, dimension, period, findHeadline }} parts={value} csv={csvOf(dimension)} />
          ))}
        </Fragment>
      ))}
      {renderPart({ name: "totals", title: t("newsroom.money.title") }, totals, (value) => (
        <MoneyReceived t={t} periods={periodsOf(t, value)} pending={value.pending}>
          {booksLine}
        </MoneyReceived>
      ))}
    </NewsroomPage>
  );
}

function periodsOf(t: Translate, { today, month, all }: Totals) {
  return [
    { name: t("newsroom.money.today"), totals: today },
    { name: t("newsroom.money.month"), totals: month },
    { name: t("newsroom.money.all"), totals: all },
  ];
}
