// Which reporting moved readers to give.
import type { Translate } from "@/content/messages";
import type { ArticleTotals } from "@/domain/newsroom/by-article";
import { ScrollTable } from "../ui/scroll-table";
import { type FindHeadline, headlineOr } from "./headline";
import { Amounts } from "./money-received";

type ByArticleProps = { t: Translate; articles: ArticleTotals[]; findHeadline: FindHeadline };

export function ByArticle({ t, articles, findHeadline }: ByArticleProps) {
  return (
    <section className="newsroom-part">
      <h2 id="by-article">{t("newsroom.articles.title")}</h2>
      <ScrollTable labelledBy="by-article">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.articles.article")}</th>
            <th scope="col" className="figure">
              {t("newsroom.articles.payments")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.articles.gross")}
            </th>
          </tr>
        </thead>
        <tbody>
          {articles.map(({ article, payments, gross }) => (
            <tr key={article ?? ""}>
              <th scope="row" className="article-name">
                {headlineOr(t, { article, findHeadline })}
              </th>
              <td className="figure">{payments.toLocaleString(t.locale)}</td>
              <td className="figure">
                <Amounts t={t} amounts={gross} />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}
