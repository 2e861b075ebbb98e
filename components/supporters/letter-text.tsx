import Markdown from "react-markdown";
import { translator } from "@/content/messages";
import type { LetterToSupporters } from "@/domain/articles/article";
import { formatDay } from "../site/format-day";

export function LetterText({ locale, letter }: { locale: string; letter: LetterToSupporters }) {
  const t = translator(locale);
  const { headline, byline, publishedAt, body } = letter;
  return (
    <article className="letter">
      <header className="letter-head">
        <p className="letter-kicker">{t("supporters.letter.for-you")}</p>
        <h1>{headline}</h1>
        <p className="letter-from">
          {byline ? <span>{byline}</span> : null}
          <time dateTime={publishedAt}>{formatDay(new Date(publishedAt), { locale })}</time>
        </p>
      </header>
      <div className="letter-body">
        <Markdown>{body}</Markdown>
      </div>
      <p className="supporters-note">{t("supporters.letter.thanks")}</p>
    </article>
  );
}
