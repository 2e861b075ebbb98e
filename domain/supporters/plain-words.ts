// Makes typed text safe to show to somebody else: it draws what it says, in its own direction, and nothing outside its place.

/** Controls, and characters that draw nothing or turn the text around them. A joiner stays: Persian words and emoji need it. */
const INVISIBLE = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
/** More marks on one letter than any language writes would cover the lines above. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Keeps the lines of a text, and at most one empty line between two of them. */
export function plainText(typed: string): string {
  return withoutTraps(typed)
    .replace(/[^\S\n]+/gu, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Cleans a typed text like plainText(), and puts it on one line, for a name. */
export function plainLine(typed: string): string {
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

/** The number of characters as people count them, except that an emoji of several parts counts each. */
export function lengthOf(text: string): number {
  return [...text].length;
}
