// The articles that readers gave on. Every payment of a recurring gift counts for the article that it began on.
import type { Db } from "../database";
import { partsOf } from "../ledger/total-values";
import type { Money } from "../money";
import { grossPerCurrency } from "./gross-per-currency";
import { groupBy } from "./group-by";
import { selectArticleTotals, type ValueRow } from "./store";

/** `article`: null for a gift outside an article, for example on /give. */
export type ArticleTotals = { article: string | null; payments: number; gross: Money[] };

export async function listByArticle(db: Db): Promise<ArticleTotals[]> {
  return totalsByArticle(await selectArticleTotals(db));
}

/** The article with the most payments first. */
export function totalsByArticle(rows: readonly ValueRow[]): ArticleTotals[] {
  const byArticle = groupBy(rows, ({ value }) => partsOf(value, 2)[0]);
  return [...byArticle]
    .map(([article, own]) => ({ article: article || null, ...grossPerCurrency(own) }))
    .sort((a, b) => b.payments - a.payments);
}
