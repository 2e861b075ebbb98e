// Gross amounts by the article that the reader gave on.
import type { Translate } from "@/content/messages";
import type { ArticleTotals } from "@/domain/newsroom/by-article";
import { GrossTable } from "./gross-table";
import { type FindHeadline, headlineOrReason } from "./headline";

type ByArticleProps = { t: Translate; articles: ArticleTotals[]; findHeadline: FindHeadline };

export function ByArticle({ t, articles, findHeadline }: ByArticleProps) {
  const rows = articles.map(({ article, payments, gross }) => ({
    key: article ?? "",
    name: headlineOrReason(t, { article, findHeadline }),
    payments,
    gross,
  }));
  const words = { title: t("newsroom.articles.title"), head: t("newsroom.articles.article") };
  return <GrossTable t={t} id="by-article" {...words} rows={rows} nameClass="article-name" />;
}
