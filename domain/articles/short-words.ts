// Russian typography: no line ends with a short preposition, conjunction or negation, and no line begins with a
// particle such as «же».
import type { Article, LetterToSupporters } from "./article";

const BEFORE_A_WORD = "в|во|с|со|к|ко|о|об|у|и|а|но|на|над|не|ни|за|по|под|до|из|от|для|при|без";
const AFTER_A_WORD = "же|ж|ли|ль|бы|б";
/** A space, or a line break within a Markdown paragraph. */
const SPACE = "(?: |\\n(?=\\p{L}))";

/** Matches a short word and the space after it, but not a part of a compound such as «из-за». */
const SHORT = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}-])(${BEFORE_A_WORD})${SPACE}`, "giu");
const PARTICLE = new RegExp(`(?<=\\p{L})${SPACE}(?=(?:${AFTER_A_WORD})(?![\\p{L}\\p{M}\\p{N}-]))`, "giu");

/**
 * Puts no-break spaces after short words and before particles. Changes only Russian text. `text`: plain text or
 * Markdown.
 */
export function addNoBreakSpaces(text: string, language: string): string {
  if (new Intl.Locale(language).language !== "ru") return text;
  return text.replace(SHORT, "$1\u00a0").replace(PARTICLE, "\u00a0");
}

export function typesetArticle(article: Article): Article {
  const join = (text: string) => addNoBreakSpaces(text, article.language);
  const joinIfAny = (text: string | null) => text && join(text);
  const { headline, standfirst, picture, ask, closing, body } = article;
  return {
    ...article,
    headline: join(headline),
    standfirst: joinIfAny(standfirst),
    picture: picture && { ...picture, caption: join(picture.caption) },
    ask: joinIfAny(ask),
    closing: closing && { headline: joinIfAny(closing.headline), paragraphs: closing.paragraphs.map(join) },
    body: join(body),
  };
}

export function typesetLetter(letter: LetterToSupporters, language: string): LetterToSupporters {
  const join = (text: string) => addNoBreakSpaces(text, language);
  const { headline, teaser, body } = letter;
  return { ...letter, headline: join(headline), teaser: join(teaser), body: join(body) };
}
