// Which articles readers gave on. A recurring gift's later payments count for the article that it began on.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";

/** `article` null: given on no article, for example on the gift page. */
export type ArticleTotals = { article: string | null; payments: number; gross: Money[] };
export type ArticleRow = { article: string | null; currency: string; payments: number; grossMinor: bigint };

export async function listByArticle(db: Db): Promise<ArticleTotals[]> {
  return totalsByArticle(
    await db.$queryRaw<ArticleRow[]>`
      SELECT NULLIF("value", '') AS "article", "currency", "payments", "grossMinor" FROM "Total"
      WHERE "period" = 'ever' AND "by" = 'article' AND "start" = '' AND "settledCurrency" = '' AND "payments" > 0`,
  );
}

/** The most given-on first. */
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
