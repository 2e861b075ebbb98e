// A language for tests, written from right to left: the English messages with Arabic letters in place of Latin ones. So a word that is
// not from content/messages stands out, and every message has its arguments. No site can offer it, because no folder has its name.
import { IntlMessageFormat } from "intl-messageformat";
import { languages } from "../messages/languages";

/** Arabic as a test region writes it. */
export const RIGHT_TO_LEFT = "ar-XB";

type Element = { type: number; value: string; location?: unknown };
type Choice = { value: Element[] };
const TEXT = 0;
const LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";

/** Offers the language to this test's translators. Returns the function that withdraws it. */
export function offerRightToLeft(): () => void {
  const own = Object.entries(languages.en).map(([key, message]) => [key, mirrored(message)]);
  Object.assign(languages, { [RIGHT_TO_LEFT]: Object.fromEntries(own) });
  return () => void Reflect.deleteProperty(languages, RIGHT_TO_LEFT);
}

/** Replaces the letters of a message's text, and keeps its arguments, choices and tags. */
function mirrored(message: string): string {
  const spans = textSpans(new IntlMessageFormat(message, "en", undefined, { captureLocation: true }).getAst());
  let [written, at] = ["", 0];
  for (const { start, end } of spans) {
    written += message.slice(at, start) + inArabic(message.slice(start, end));
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

export function inArabic(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) => LETTERS.charAt(letter.charCodeAt(0) % LETTERS.length));
}
