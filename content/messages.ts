// Loads the site's texts, which are in ICU MessageFormat. Each language has a folder, with one file for each part of
// the site. `npm run messages` registers the files of a new language in content/messages/languages.ts. The type check
// fails if an offered language lacks a text (CompleteLanguage).
import { IntlMessageFormat } from "intl-messageformat";
import { messagesByLanguage } from "./messages/languages";

export type MessageKey = keyof typeof messagesByLanguage.en;
export type MessageValue = string | number | boolean | Date | null | undefined;
export type Messages = Record<MessageKey, string>;

type Languages = typeof messagesByLanguage;

/**
 * The languages whose texts have exactly the keys of the English texts. If publication.ts offers another language, the
 * type check fails in publication.test.ts.
 */
export type CompleteLanguage = {
  [L in keyof Languages]: [MessageKey, keyof Languages[L]] extends [keyof Languages[L], MessageKey] ? L : never;
}[keyof Languages];

const LANGUAGES: Record<string, Partial<Messages>> = messagesByLanguage;

export type Translate = {
  (key: MessageKey, values?: Record<string, MessageValue>): string;
  /**
   * Formats a text with tags, and returns its pieces. The function named `link` in `values` renders `<link>…</link>`.
   */
  rich<T>(key: MessageKey, values: Record<string, MessageValue | ((chunks: (string | T)[]) => T)>): (string | T)[];
  locale: string;
};

const translators = new Map<string, Translate>();

/** Returns the translator for a language. For an unknown language, the translator has the English texts. */
export function translator(locale: string): Translate {
  const cached = translators.get(locale);
  if (cached) return cached;
  const messages: Partial<Messages> = LANGUAGES[locale] ?? messagesByLanguage.en;
  const formats = new Map<MessageKey, IntlMessageFormat>();
  function formatOf(key: MessageKey): IntlMessageFormat {
    const ready = formats.get(key);
    if (ready) return ready;
    const message = messages[key];
    // A text can be missing only in a language that publication.ts does not offer.
    if (message === undefined) throw new Error(`content/messages/${locale} has no "${key}"`);
    const format = new IntlMessageFormat(message, locale);
    formats.set(key, format);
    return format;
  }
  const translate: Translate = Object.assign(
    (key: MessageKey, values?: Record<string, MessageValue>) => String(formatOf(key).format(values)),
    {
      rich<T>(key: MessageKey, values: Record<string, MessageValue | ((chunks: (string | T)[]) => T)>) {
        const parts = formatOf(key).format<T>(values as never);
        return (Array.isArray(parts) ? parts : [parts]) as (string | T)[];
      },
      locale,
    },
  );
  translators.set(locale, translate);
  return translate;
}
