import type { LetterToSupporters } from "@/domain/articles/article";
import { formatDay } from "../site/format-day";

type LetterListProps = { locale: string; letters: readonly LetterToSupporters[]; isOpen: boolean };

export function LetterList({ locale, letters, isOpen }: LetterListProps) {
  return (
    <ol className="letter-list">
      {letters.map(({ slug, headline, teaser, publishedAt }) => (
        <li key={slug}>
          <time dateTime={publishedAt}>{formatDay(new Date(publishedAt), { locale })}</time>
          <h3>{isOpen ? <a href={`/supporters/letters/${slug}`}>{headline}</a> : headline}</h3>
          <p>{teaser}</p>
        </li>
      ))}
    </ol>
  );
}
