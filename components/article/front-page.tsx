import { translator } from "@/content/messages";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";
import type { Article } from "@/domain/articles/article";
import { formatDay } from "../site/format-day";
import { pathInLanguage } from "../site/own-path";
import { LinkStyledAsButton } from "../ui/button";
import { Teaser } from "./teaser";

type FrontPageProps = { locale: string; articles: Article[]; appeal: LocalizedVariant | null };

export function FrontPage({ locale, articles, appeal }: FrontPageProps) {
  const t = translator(locale);
  const [lead, ...others] = articles;
  return (
    <div className="page front">
      <h1 className="visually-hidden">{t("site.front.heading")}</h1>
      {lead ? (
        <p className="front-date">
          <time dateTime={lead.publishedAt}>
            {t("site.front.updated", { day: formatDay(lead.publishedAt, { locale }) })}
          </time>
        </p>
      ) : null}
      {lead ? <Teaser locale={locale} article={lead} level={2} isLead /> : null}
      <div className="teasers">
        {others.map((article) => (
          <Teaser key={article.id} locale={locale} article={article} level={2} />
        ))}
      </div>
      {appeal ? (
        <aside className="front-appeal" aria-label={t("appeal.label")}>
          <div className="front-appeal-words">
            <p className="front-appeal-headline">{appeal.banner.headline}</p>
            <p>{appeal.banner.text}</p>
          </div>
          <LinkStyledAsButton href={pathInLanguage(t, "/give")}>{t("appeal.front.link")}</LinkStyledAsButton>
        </aside>
      ) : null}
    </div>
  );
}
