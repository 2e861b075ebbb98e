// A right-to-left language for tests: the English texts with Arabic letters in place of Latin letters. A text that is
// not from content/messages keeps its Latin letters, so tests can find it. No site can offer this language, because it
// has no folder.
import { IntlMessageFormat } from "intl-messageformat";
import { messagesByLanguage } from "../messages/languages";

/** The language tag: Arabic, with a region code that is reserved for private use. */
export const RIGHT_TO_LEFT_TEST_LANGUAGE = "ar-XB";

type Element = { type: number; value: string; location?: unknown };
type Choice = { value: Element[] };
const TEXT = 0;
const LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";

/** Registers the language for a test. Returns a function that removes the language. */
export function offerRightToLeftLanguage(): () => void {
  const own = Object.entries(messagesByLanguage.en).map(([key, message]) => [key, mirrored(message)]);
  Object.assign(messagesByLanguage, { [RIGHT_TO_LEFT_TEST_LANGUAGE]: Object.fromEntries(own) });
  return () => void Reflect.deleteProperty(messagesByLanguage, RIGHT_TO_LEFT_TEST_LANGUAGE);
}

/** Returns a message with Arabic letters. Its placeholders, choices and tags stay as they are. */
function mirrored(message: string): string {
  const spans = textSpans(new IntlMessageFormat(message, "en", undefined, { captureLocation: true }).getAst());
  let [written, at] = ["", 0];
  for (const { start, end } of spans) {
    written += message.slice(at, start) + toArabicLetters(message.slice(start, end));
    at = end;
  }
  return written + message.slice(at);
}

type Span = { start: number; end: number };

function textSpans(elements: unknown): Span[] {
  return (elements as (Element & { options?: Record<string, Choice>; children?: Element[] })[]).flatMap((element) => [
    ...(element.type === TEXT ? [spanOf(element)] : []),
    ...Object.values(element.options ?? {}).flatMap(({ value }) => textSpans(value)),
    ...textSpans(element.children ?? []),
  ]);
}

function spanOf({ location }: Element): Span {
  const { start, end } = location as Record<"start" | "end", { offset: number }>;
  return { start: start.offset, end: end.offset };
}

export function toArabicLetters(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) => LETTERS.charAt(letter.charCodeAt(0) % LETTERS.length));
}
