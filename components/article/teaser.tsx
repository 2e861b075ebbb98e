import { translator } from "@/content/messages";
import type { Article } from "@/domain/articles/article";
import { formatDay } from "../site/format-day";
import { Picture } from "./picture";

type TeaserProps = { locale: string; article: Article; level: 2 | 3; isLead?: boolean };

export function Teaser({ locale, article, level, isLead = false }: TeaserProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const { kicker, headline, standfirst, byline, publishedAt, picture, slug } = article;
  const t = translator(locale);
  return (
    <article className={isLead ? "teaser teaser-lead" : "teaser"}>
      {picture?.src ? (
        <Picture
          t={t}
          picture={{ ...picture, caption: "", credit: null }}
          isFirst={isLead}
          place={isLead ? "lead" : "list"}
        />
      ) : null}
      <div className="teaser-text">
        <p className="kicker">{kicker}</p>
        <Heading className="teaser-headline">
          <a href={`/articles/${slug}`}>{headline}</a>
        </Heading>
        {standfirst ? <p className="teaser-standfirst">{standfirst}</p> : null}
        <p className="teaser-facts">
          {byline ? <span>{t("article.by", { byline })}</span> : null}
          <time dateTime={publishedAt}>{formatDay(publishedAt, { locale })}</time>
        </p>
      </div>
    </article>
  );
}
