import { translator } from "@/content/messages";
import type { Article } from "@/domain/articles/article";
import { Teaser } from "./teaser";

export function Related({ locale, articles }: { locale: string; articles: Article[] }) {
  if (articles.length === 0) return null;
  const t = translator(locale);
  return (
    <section className="related" aria-labelledby="related">
      <h2 className="section-title" id="related">
        {t("article.related")}
      </h2>
      <div className="teasers">
        {articles.map((article) => (
          <Teaser key={article.id} locale={locale} article={article} level={3} />
        ))}
      </div>
    </section>
  );
}
