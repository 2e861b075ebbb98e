// Reads a plain-text file that contains an article's page. Refuses a file that is not UTF-8, because a wrong encoding
// would show wrong letters.

export type ParsePageTextResult = { kind: "text"; text: string } | { kind: "refused"; reason: ArticleTextFileRefusal };
export type ArticleTextFileRefusal = "empty" | "too-large" | "binary" | "not-plain-text" | "not-utf-8";

export const MAX_ARTICLE_TEXT_FILE_BYTES = 1_000_000;

/** The first characters of file types that people mistake for plain text. */
const OTHER_KINDS = ["%PDF-", "{\\rtf", "<!doctype", "<html", "<?xml"];

export function parsePageText(bytes: Uint8Array): ParsePageTextResult {
  if (bytes.length > MAX_ARTICLE_TEXT_FILE_BYTES) return { kind: "refused", reason: "too-large" };
  if (bytes.includes(0)) return { kind: "refused", reason: "binary" };
  const raw = decode(bytes);
  if (raw === null) return { kind: "refused", reason: "not-utf-8" };
  const text = normalizePageText(raw);
  if (text === "") return { kind: "refused", reason: "empty" };
  const opening = text.slice(0, 10).toLowerCase();
  if (OTHER_KINDS.some((kind) => opening.startsWith(kind.toLowerCase()))) {
    return { kind: "refused", reason: "not-plain-text" };
  }
  return { kind: "text", text };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** Characters that nobody sees: soft hyphens, zero-width spaces, byte order marks, direction controls and the like. */
const UNSEEN = /[\u00AD\u061C\u200B\u2060-\u2064\u2066-\u2069\u202A-\u202E\uFEFF\uFFF9-\uFFFB]/g;
/**
 * Matches invisible joiners and direction marks, except after an emoji or a letter of one of the scripts below. Only
 * there do they have an effect.
 */
const IDLE_JOINERS =
  /(?<![\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Variation_Selector}])[\u200C-\u200F]/gu;

/** Normalizes to NFC, unifies line breaks and spaces, removes invisible characters, and trims each line. */
export function normalizePageText(raw: string): string {
  const seen = raw.replace(LINE_ENDS, "\n").replace(UNSEEN, "").replace(IDLE_JOINERS, "").replace(CONTROLS, "");
  return tidySpaces(seen.normalize("NFC"))
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

const UNIT =
  "(?:[kcm]?m|[km]?g|ha|l|km/h|°[CF]|million|billion|trillion|[ap]\\.m\\.|[кс]?м|кг|га|г|гг|млн|млрд|тыс|руб)";

const UNBROKEN = new RegExp(
  [
    `(?<=\\d)~(?=\\d{3}(?!\\d))`, // 10 000
    `(?<=\\d)~(?=${UNIT}(?!\\p{L})|[%‰°€£¥₽])`, // 12 km, 5 %
    `(?<=[№§€£¥₽])~(?=\\d)`, // № 7
    `(?<=(?<!\\p{L})\\p{Lu}\\.)~(?=\\p{Lu})`, // A. S. Pushkin
    `(?<=\\p{L})~(?=[—–][ ~])`, // no line begins with a dash
    `(?<=«)~|~(?=[»!?;:])`, // French punctuation
  ].join("|"),
  "gu",
);

/**
 * Keeps a no-break space only where UNBROKEN matches, and replaces all other spaces by plain ones. Until the last step,
 * `~` stands for a no-break space, and U+0001 for a tilde.
 */
function tidySpaces(text: string): string {
  const marked = text.replaceAll("~", "\u0001").replace(/[\u00A0\u202F\u2007]/g, "~");
  return marked
    .replace(UNBROKEN, "\u00A0")
    .replace(/[~\t\u1680\u2000-\u200A\u205F\u3000]/g, " ")
    .replace(/ {2,}/g, " ")
    .replaceAll("\u0001", "~");
}
