import { translator } from "@/content/messages";
import type { Article } from "@/domain/articles/article";
import { formatDay } from "../site/format-day";
import { Picture } from "./picture";
import { Prose } from "./prose";

/** `address`: the article's URL, shown only in print. */
type ArticleViewProps = { locale: string; article: Article; address: string };

export function ArticleView({ locale, article, address }: ArticleViewProps) {
  const t = translator(locale);
  const { kicker, headline, standfirst, byline, publishedAt, picture, body, ask } = article;
  return (
    <article className="article">
      <header className="article-head">
        {ask ? (
          <p className="article-ask">
            <a href="#support">{ask}</a>
          </p>
        ) : null}
        <p className="kicker">{kicker}</p>
        <h1 className="headline">{headline}</h1>
        {standfirst ? <p className="standfirst">{standfirst}</p> : null}
      </header>
      <div className="article-facts">
        {byline ? <p className="byline">{t("article.by", { byline })}</p> : null}
        <p>
          <time dateTime={publishedAt}>{formatDay(publishedAt, { locale })}</time>
        </p>
        <p>{t("article.minutes", { minutes: minutesToRead(body) })}</p>
      </div>
      {picture ? <Picture t={t} picture={picture} isFirst /> : null}
      <Prose markdown={body} />
      <p className="print-address" hidden>
        {address}
      </p>
    </article>
  );
}

const WORDS_A_MINUTE = 230;

function minutesToRead(body: string): number {
  return Math.max(1, Math.round(body.split(/\s+/).length / WORDS_A_MINUTE));
}
