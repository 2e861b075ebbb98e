import { formatMoney, type Money } from "../money";
import { AR } from "./ar";
import { DE } from "./de";
import { EN, type Messages } from "./en";
import { ES } from "./es";
import { FR } from "./fr";
import { IT } from "./it";
import { NL } from "./nl";
import { PL } from "./pl";
import { PT } from "./pt";
import { RU } from "./ru";
import { UK } from "./uk";

export const MESSAGES_BY_LOCALE: Record<string, Messages> = {
  ar: AR,
  de: DE,
  en: EN,
  es: ES,
  fr: FR,
  it: IT,
  nl: NL,
  pl: PL,
  pt: PT,
  ru: RU,
  uk: UK,
};

export type Language = {
  /** A language tag such as "en-GB". It also determines the format of amounts and dates. */
  locale: string;
  direction: "ltr" | "rtl";
  messages: Messages;
};

export function languageFor(locale: string | null, accepted: string | undefined): Language {
  const tags = locale && locale !== "auto" ? [locale] : preferred(accepted ?? "");
  const tag = tags.find((each) => primaryOf(each) in MESSAGES_BY_LOCALE) ?? "en";
  const primary = primaryOf(tag);
  return { locale: tag, direction: primary === "ar" ? "rtl" : "ltr", messages: MESSAGES_BY_LOCALE[primary] ?? EN };
}

function primaryOf(tag: string): string {
  return tag.split("-")[0]?.toLowerCase() ?? "";
}

/** Returns the tags of an Accept-Language header such as "de-CH, fr;q=0.5", the most preferred first. */
function preferred(header: string): string[] {
  const ranked = header.split(",").map((part) => {
    const [tag = "", weight = "q=1"] = part.trim().split(/\s*;\s*/);
    return { tag, weight: Number(weight.replace("q=", "")) || 0 };
  });
  const wellFormed = ranked.filter(({ tag }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag));
  return wellFormed.sort((a, b) => b.weight - a.weight).map(({ tag }) => tag);
}

export function formatMoneyIn({ locale }: Language, sum: Money): string {
  return formatMoney(sum, locale);
}

/** Formats the day in UTC, because Stripe's pages use UTC if they do not know the time zone. */
export function formatDay({ locale }: Language, seconds: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(seconds * 1000);
}

export function countryName({ locale }: Language, code: string): string {
  return new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code;
}

export type BillingInterval = {
  interval: string;
  interval_count: number;
};

export function formatInterval({ locale, messages }: Language, billing: BillingInterval | null): string {
  if (!billing) return messages.once;
  const { interval, interval_count: count } = billing;
  if (count === 1 && interval in messages.every) return messages.every[interval as keyof Messages["every"]];
  return fillPlaceholders(messages.everyMany, { period: formatPeriodLength(locale, billing) });
}

export function formatPeriodLength(locale: string, { interval, interval_count }: BillingInterval): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: interval, unitDisplay: "long" }).format(interval_count);
}

export function fillPlaceholders(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
