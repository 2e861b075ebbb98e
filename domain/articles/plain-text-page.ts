// Finds the parts of an article's page in plain text: headline, byline, caption and so on. A line that matches no other
// part stays in the article's text.

export type ArticlePageParts = {
  ask: string | null;
  headline: string;
  standfirst: string | null;
  byline: string | null;
  caption: string | null;
  paragraphs: string[];
  closing: { headline: string | null; paragraphs: string[] } | null;
};

export type ParseArticlePageTextResult =
  | { kind: "page"; page: ArticlePageParts }
  | { kind: "refused"; reason: "no-headline" | "no-body" };

const MAX_ASK_LENGTH = 70;
const MAX_HEADLINE_LENGTH = 200;
const MAX_CAPTION_LENGTH = 200;
const MAX_CLOSING_HEADLINE_LENGTH = 120;
const WIDEST_WRAPPED_LINE = 100;

/**
 * Splits a page into its parts, or says why that is not possible. `text`: the result of normalizePageText().
 * `publicationName`: the name of the publication. It helps to recognise a first line that asks for support. Some such
 * lines are recognised without it.
 */
export function parseArticlePageText(text: string, publicationName: string): ParseArticlePageTextResult {
  const { main, after } = splitAtReadMore(paragraphsOf(text));
  const ask = isAsk(main, publicationName) ? (main[0] ?? null) : null;
  const [headline, ...rest] = ask === null ? main : main.slice(1);
  if (headline === undefined || !isHeadline(headline)) return { kind: "refused", reason: "no-headline" };
  const { notes, paragraphs } = splitNotes(rest);
  if (paragraphs.length === 0) return { kind: "refused", reason: "no-body" };
  return { kind: "page", page: { ask, headline, ...readNotes(notes), paragraphs, closing: readClosing(after) } };
}

/**
 * Splits a text into paragraphs at blank lines. Also splits it at every line break, unless the lines were wrapped at a
 * fixed width.
 */
function paragraphsOf(text: string): string[] {
  const blocks = text.split(/\n{2,}/).map((block) => block.split("\n"));
  const wrapped = wrappedWidth(blocks);
  return blocks.flatMap((lines) => joinWrapped(lines, wrapped));
}

/**
 * Returns the width at which the lines are wrapped, or 0. A line break counts as a wrap if the next word would not have
 * fitted into the line. The lines count as wrapped if most line breaks, and at least three, are wraps.
 */
function wrappedWidth(blocks: string[][]): number {
  const width = blocks.flat().reduce((widest, line) => Math.max(widest, line.length), 0);
  if (width > WIDEST_WRAPPED_LINE) return 0;
  const ends = blocks.flatMap((lines) => lines.slice(1).map((next, i) => isWrap(lines[i] ?? "", { next, width })));
  const wraps = ends.filter(Boolean).length;
  return wraps >= 3 && wraps > ends.length / 2 ? width : 0;
}

function isWrap(line: string, { next, width }: { next: string; width: number }): boolean {
  const [word = ""] = next.split(" ", 1);
  return line.length + 1 + word.length > width;
}

function joinWrapped(lines: string[], width: number): string[] {
  const joined: string[] = [];
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    if (before !== undefined && isWrap(before, { next: line, width: width || Number.POSITIVE_INFINITY })) {
      joined.push(`${joined.pop()} ${line}`);
    } else joined.push(line);
  });
  return joined;
}

const READ_MORE = /^(?:read more|continue reading|читать далее|читайте также)\s*[:.…»→>]*$/i;

/** Splits the page at the last line such as "Read more": above is the article, below is the original site's appeal. */
function splitAtReadMore(paragraphs: string[]): { main: string[]; after: string[] } {
  const at = paragraphs.findLastIndex((paragraph) => READ_MORE.test(paragraph));
  if (at === -1) return { main: paragraphs, after: [] };
  return { main: paragraphs.slice(0, at), after: paragraphs.slice(at + 1) };
}

const ASKING =
  /^(?:please\s+)?(?:support|donate|subscribe|contribute|become an? (?:member|supporter|subscriber|patron)|поддержите|поддержать|пожертвуйте|подпишитесь)(?!\p{L})/iu;
const ASKED_FOR = /^\S+(?:\s+(?:to|the|us|our|this|now|today|independent)(?!\p{L})|[!→»\s]*$)/iu;

/**
 * Returns true if the first line asks for support, such as "Support <the publication>!". Such a line can be above an
 * article's headline.
 */
function isAsk([first = "", second = ""]: string[], publicationName: string): boolean {
  if (first.length > MAX_ASK_LENGTH || !ASKING.test(first) || endsSentence(first)) return false;
  if (first.toLowerCase().includes(publicationName.toLowerCase())) return true;
  return isHeadline(second) && (first.endsWith("!") || ASKED_FOR.test(first));
}

function isHeadline(line: string): boolean {
  return line.length <= MAX_HEADLINE_LENGTH && /\p{L}/u.test(line) && !endsSentence(line);
}

/**
 * Returns true if the line ends with a full stop. A closing quotation mark or bracket can follow the full stop. Returns
 * false for an abbreviation such as U.S.
 */
function endsSentence(line: string): boolean {
  return /(?<![.\s]\p{Lu}|^\p{Lu})[.。][”’"'»)\]]*$/u.test(line);
}

/**
 * Splits the notes (the short lines below the headline) from the article's text. The notes end before the first line
 * that is long or ends with a punctuation mark. Without such a line there are no notes.
 */
function splitNotes(rest: string[]): { notes: string[]; paragraphs: string[] } {
  const at = rest.findIndex((line) => !isNote(line));
  return at === -1 ? { notes: [], paragraphs: rest } : { notes: rest.slice(0, at), paragraphs: rest.slice(at) };
}

function isNote(line: string): boolean {
  return line.length <= MAX_CAPTION_LENGTH && !/[.!?…。:;,][”’"'»)\]]*$/u.test(line);
}

const BYLINE = /^by\s+(?=\p{Lu})/iu;

/**
 * Sorts the notes (the short lines below the headline). The first line "By …" is the byline. Of the other lines, the
 * last is the picture's caption, and the lines above it form the standfirst.
 */
function readNotes(notes: string[]): { standfirst: string | null; byline: string | null; caption: string | null } {
  const byline = notes.find((line) => BYLINE.test(line)) ?? null;
  const others = notes.filter((line) => line !== byline);
  const caption = others.at(-1) ?? null;
  const standfirst = others.length > 1 ? others.slice(0, -1).join(" · ") : null;
  return { standfirst, byline: byline?.replace(BYLINE, "") ?? null, caption };
}

function readClosing(after: string[]): ArticlePageParts["closing"] {
  const [first, ...rest] = after;
  if (first === undefined) return null;
  const isShort = first.length <= MAX_CLOSING_HEADLINE_LENGTH && rest.length > 0;
  return isShort ? { headline: first, paragraphs: rest } : { headline: null, paragraphs: after };
}
