import type { Translate } from "@/content/messages";
import { PLACEMENTS } from "@/domain/giving/gift";
import { type MoneyInAnyCurrency, replaceHyphenWithMinusSign, toDecimal } from "@/domain/money";
import type { IncomeDimension } from "@/domain/newsroom/income-report";
import type { DayRange, PeriodUnit } from "@/domain/newsroom/periods";
import { formatDay } from "../../site/format-day";
import { type FindArticleHeadline, headlineOrReplacement } from "../headline";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

function dateText(locale: string, day: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" }).format(noon(day));
}

/** Returns "November 2026" for a whole month, "Nov 27, 2026" for a day, and "Nov 1 – 27, 2026" for any other range. */
export function formatPeriod(locale: string, { from, to }: DayRange): string {
  if (from === to) return dateText(locale, from, { dateStyle: "medium" });
  const isMonth = from.endsWith("-01") && from.slice(0, 7) === to.slice(0, 7) && isLastOfMonth(to);
  if (isMonth) return formatDay(noon(from), { locale, style: "month", timeZone: "UTC" });
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).formatRange(noon(from), noon(to));
}

export function formatPeriodStart(locale: string, { range, step }: { range: DayRange; step: PeriodUnit }): string {
  return dateText(locale, range.from, step === "month" ? { month: "short" } : { month: "short", day: "numeric" });
}

function isLastOfMonth(day: string): boolean {
  return new Date(noon(day).getTime() + 86_400_000).getUTCDate() === 1;
}

/** Returns an amount for the axis of a chart, such as "€12K". */
export function formatCompactAmount(locale: string, { amountMinor, currency }: MoneyInAnyCurrency): string {
  const digits = { minimumFractionDigits: 0, maximumFractionDigits: 1 };
  const style = { ...digits, style: "currency", currency, notation: "compact" } as const;
  const text = toDecimal({ amountMinor: Math.round(amountMinor), currency });
  return replaceHyphenWithMinusSign(new Intl.NumberFormat(locale, style).format(text as Intl.StringNumericLiteral));
}

/** Returns the change in whole percent with its sign. Returns null if the earlier value is not positive. */
export function formatPercentChange(locale: string, current: number, before: number): string | null {
  if (before <= 0) return null;
  const style = { style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" } as const;
  return replaceHyphenWithMinusSign(new Intl.NumberFormat(locale, style).format((current - before) / before));
}

type Named = { dimension: IncomeDimension; name: string; findHeadline: FindArticleHeadline };

export function dimensionValueName(t: Translate, { dimension, name, findHeadline }: Named): string {
  if (dimension === "article") return headlineOrReplacement(t, { article: name || null, findHeadline });
  if (dimension === "appeal") return name || t("income.part.no-appeal");
  if (dimension === "placement") return placementName(t, name);
  if (dimension === "variant") return variantName(t, name);
  const words = { once: "once", recurring: "recurring", new: "new", returning: "returning" } as const;
  return name in words ? t(`income.part.${words[name as keyof typeof words]}`) : name;
}

/** Returns the stored text itself if the site has no such placement any more. */
function placementName(t: Translate, name: string): string {
  const placement = PLACEMENTS.find((each) => each === name);
  return placement ? t(`income.part.placement.${placement}`) : name || t("income.part.no-placement");
}

function variantName(t: Translate, name: string): string {
  const slash = name.lastIndexOf("/");
  const [appeal, variant] = [name.slice(0, slash), name.slice(slash + 1)];
  return appeal ? t("income.part.variant", { appeal, variant: variant.toUpperCase() }) : t("income.part.no-appeal");
}
