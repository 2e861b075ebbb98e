// Money received, by period, month, article and wording.
import { type Translate, translator } from "@/content/messages";
import type { IncomeFigures } from "@/domain/newsroom/figures";
import type { OnFailure } from "@/domain/newsroom/part";
import type { Totals } from "@/domain/newsroom/totals";
import { booksText } from "./books-notice";
import { ByArticle } from "./by-article";
import { ByVariant } from "./by-variant";
import { partDrawer } from "./draw-part";
import type { FindHeadline } from "./headline";
import { MoneyReceived } from "./money-received";
import { NewsroomPage } from "./newsroom-page";
import { Year } from "./year";

type IncomeScreenProps = {
  locale: string;
  figures: IncomeFigures;
  timeZone: string;
  findHeadline: FindHeadline;
  onFailure: OnFailure;
};

export function IncomeScreen({ locale, figures, timeZone, findHeadline, onFailure }: IncomeScreenProps) {
  const t = translator(locale);
  const { now, totals, year, articles, variants, books } = figures;
  const drawPart = partDrawer({ t, onFailure });
  const booksLine = drawPart({ name: "books", title: t("newsroom.books.title") }, books, (value) => (
    <p className="newsroom-note">{booksText(t, value, timeZone)}</p>
  ));
  return (
    <NewsroomPage locale={locale} section="income" now={now} timeZone={timeZone}>
      {drawPart({ name: "totals", title: t("newsroom.money.title") }, totals, (value) => (
        <MoneyReceived t={t} periods={periodsOf(t, value)} pending={value.pending}>
          {booksLine}
        </MoneyReceived>
      ))}
      {drawPart({ name: "year", title: t("newsroom.year.title") }, year, (value) => (
        <Year t={t} {...value} />
      ))}
      {drawPart({ name: "articles", title: t("newsroom.articles.title") }, articles, (value) => (
        <ByArticle t={t} articles={value} findHeadline={findHeadline} />
      ))}
      {drawPart({ name: "variants", title: t("newsroom.variants.title") }, variants, (value) => (
        <ByVariant t={t} variants={value} />
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
