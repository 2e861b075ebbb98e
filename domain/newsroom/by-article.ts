// The articles that readers gave on. Every payment of a recurring gift counts for the article that it began on.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";
import { type ArticleRow, selectArticleTotals } from "./store";

/** `article`: null for a gift outside an article, for example on /give. */
export type ArticleTotals = { article: string | null; payments: number; gross: Money[] };

export async function listByArticle(db: Db): Promise<ArticleTotals[]> {
  return totalsByArticle(await selectArticleTotals(db));
}

/** The article with the most payments first. */
export function totalsByArticle(rows: readonly ArticleRow[]): ArticleTotals[] {
  const articles = [...new Set(rows.map((row) => row.article))];
  return articles
    .map((article) => {
      const own = rows.filter((row) => row.article === article).sort((a, b) => a.currency.localeCompare(b.currency));
      return {
        article,
        payments: own.reduce((total, row) => total + row.payments, 0),
        gross: own.map((row) => moneyOf(row.grossMinor, row.currency)),
      };
    })
    .sort((a, b) => b.payments - a.payments);
}
