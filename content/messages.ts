// Every word that the site shows, as ICU MessageFormat: one folder per language, one file per part of the site. A new language is a
// new folder; the type below ensures that it is complete.
import { IntlMessageFormat } from "intl-messageformat";
import about from "./messages/en/about.json" with { type: "json" };
import appeal from "./messages/en/appeal.json" with { type: "json" };
import appeals from "./messages/en/appeals.json" with { type: "json" };
import article from "./messages/en/article.json" with { type: "json" };
import charts from "./messages/en/charts.json" with { type: "json" };
import disputes from "./messages/en/disputes.json" with { type: "json" };
import experiments from "./messages/en/experiments.json" with { type: "json" };
import exportsOfNewsroom from "./messages/en/exports.json" with { type: "json" };
import figures from "./messages/en/figures.json" with { type: "json" };
import giving from "./messages/en/giving.json" with { type: "json" };
import income from "./messages/en/income.json" with { type: "json" };
import letters from "./messages/en/letters.json" with { type: "json" };
import mail from "./messages/en/mail.json" with { type: "json" };
import monday from "./messages/en/monday.json" with { type: "json" };
import newsroom from "./messages/en/newsroom.json" with { type: "json" };
import ownData from "./messages/en/own-data.json" with { type: "json" };
import papers from "./messages/en/papers.json" with { type: "json" };
import people from "./messages/en/people.json" with { type: "json" };
import recurring from "./messages/en/recurring.json" with { type: "json" };
import reminders from "./messages/en/reminders.json" with { type: "json" };
import renewals from "./messages/en/renewals.json" with { type: "json" };
import site from "./messages/en/site.json" with { type: "json" };
import staff from "./messages/en/staff.json" with { type: "json" };
import supporters from "./messages/en/supporters.json" with { type: "json" };
import thanks from "./messages/en/thanks.json" with { type: "json" };
import work from "./messages/en/work.json" with { type: "json" };

const en = {
  ...site,
  ...about,
  ...article,
  ...appeal,
  ...appeals,
  ...giving,
  ...thanks,
  ...supporters,
  ...recurring,
  ...letters,
  ...reminders,
  ...ownData,
  ...papers,
  ...newsroom,
  ...figures,
  ...charts,
  ...income,
  ...renewals,
  ...monday,
  ...work,
  ...exportsOfNewsroom,
  ...staff,
  ...experiments,
  ...people,
  ...disputes,
  ...mail,
};

export type MessageKey = keyof typeof en;
export type MessageValue = string | number | boolean | Date | null | undefined;
export type Messages = Record<MessageKey, string>;

const LANGUAGES: Record<string, Messages> = { en };

export type Translate = {
  (key: MessageKey, values?: Record<string, MessageValue>): string;
  /** For messages with tags: the function named `link` draws `<link>…</link>`. */
  rich<T>(key: MessageKey, values: Record<string, MessageValue | ((chunks: (string | T)[]) => T)>): (string | T)[];
  locale: string;
};

const translators = new Map<string, Translate>();

/** Returns the translator into one language. An unknown language falls back to English. */
export function translator(locale: string): Translate {
  const cached = translators.get(locale);
  if (cached) return cached;
  const messages = LANGUAGES[locale] ?? en;
  const formats = new Map<MessageKey, IntlMessageFormat>();
  function formatOf(key: MessageKey): IntlMessageFormat {
    const ready = formats.get(key);
    if (ready) return ready;
    const format = new IntlMessageFormat(messages[key], locale);
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
