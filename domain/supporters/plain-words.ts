// Makes typed text safe to show to other people: removes invisible characters, direction marks and stacked accents.

/**
 * Control characters, invisible characters and direction marks. Does not match line breaks, nor joiners, because
 * Persian words and emoji need them.
 */
const INVISIBLE = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
/** Matches more than four combining marks, such as accents, on one letter. So many marks can cover the lines above. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Cleans a typed text of several lines. Leaves at most one empty line between two lines. */
export function normalizeTypedText(typed: string): string {
  return withoutTraps(typed)
    .replace(/[^\S\n]+/gu, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Like normalizeTypedText(), but joins the text into one line, for example for a name. */
export function normalizeTypedLine(typed: string): string {
  return withoutTraps(typed).replace(/\s+/gu, " ").trim();
}

function withoutTraps(typed: string): string {
  return typed
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/\t/g, " ")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(PILED_MARKS, "$1");
}

/** Returns the number of Unicode code points. One emoji can consist of several code points. */
export function countCodePoints(text: string): number {
  return [...text].length;
}
