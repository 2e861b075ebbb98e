// Renders pages of readers and supporters in a test language that is written from right to left. To add such a language
// to the site, only its messages are needed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { OwnPaymentsTable } from "@/components/supporters/own-payments-table";
import { ArticleAppeal } from "./components/appeal/article-appeal";
import { Banner } from "./components/appeal/banner";
import { ArticleView } from "./components/article/article-view";
import { GiftForm } from "./components/giving/gift-form";
import { GiveView } from "./components/giving/give-view";
import { PayView } from "./components/giving/pay-view";
import { NotFoundView } from "./components/site/not-found-view";
import { SiteFrame } from "./components/site/site-frame";
import { AccountLine } from "./components/supporters/account-line";
import { OverdueNotices } from "./components/supporters/overdue-notice";
import { RecurringGiftsSection } from "./components/supporters/recurring-gifts-section";
import { ReminderForm } from "./components/supporters/reminder-form";
import { SignInForm } from "./components/supporters/sign-in-form";
import { TotalGiven } from "./components/supporters/total-given";
import { ThanksView } from "./components/thanks/thanks-view";
import {
  RIGHT_TO_LEFT_TEST_LANGUAGE as locale,
  offerRightToLeftLanguage,
  toArabicLetters,
} from "./content/testing/right-to-left";
import type { LocalizedVariant } from "./domain/appeal/localized-variant";
import { DEFAULT_MANNERS } from "./domain/appeal/manners";
import type { Article } from "./domain/articles/article";
import { directionOf } from "./domain/direction";
import { parseGift, readGiftFormWithDefaults } from "./domain/giving/gift-form";
import type { OwnRecurringGift } from "./domain/supporters/own-recurring-gifts";
import Document from "./pages/_document";
import { publication } from "./publication";
import { getFirstAppealVariant, listArticles } from "./systems/content";

const LANGUAGES = publication.languages;
const copy = arabic(getFirstAppealVariant("en")) as LocalizedVariant;
const article = arabic(listArticles()[0]) as Article;
const form = readGiftFormWithDefaults({ placement: "give", appeal: "first", variant: "a", amount: "1" }, publication);
const refusal = (() => {
  const parsed = parseGift(form, { publication, locale: "en" });
  return parsed.kind === "refused" ? parsed : null;
})();
const money = { amountMinor: 1250, currency: "EUR" } as const;
const now = new Date("2026-11-27T12:00:00Z");
const recurring: OwnRecurringGift = {
  ...{ id: "r", money, currency: "EUR", frequency: "monthly", hasStandardTerms: true, standing: "running" },
  ...{
    startedAt: now,
    periodEndsAt: now,
    chargeDay: now.getUTCDate(),
    chargesNextAt: now,
    resumesAt: null,
    endsAt: null,
  },
  cardExpiresAt: null,
  coveredFee: null,
};

let removeLanguage: () => void;
beforeAll(() => {
  removeLanguage = offerRightToLeftLanguage();
  Object.assign(publication, { languages: [...LANGUAGES, locale] });
});
afterAll(() => {
  removeLanguage();
  Object.assign(publication, { languages: LANGUAGES });
  vi.doUnmock("next/headers");
});

function arabic(words: unknown): unknown {
  const KEPT = ["id", "slug", "language", "publishedAt", "variant", "src"];
  if (typeof words === "string") return toArabicLetters(words);
  if (Array.isArray(words)) return words.map(arabic);
  if (words === null || typeof words !== "object") return words;
  return Object.fromEntries(
    Object.entries(words).map(([name, value]) => [name, KEPT.includes(name) ? value : arabic(value)]),
  );
}

const gift = <GiftForm locale={locale} publication={publication} form={form} token="t" refusal={refusal} />;
const PAGES: Record<string, () => ReactElement> = {
  article: () => (
    <>
      <ArticleView locale={locale} article={article} address="https://news.example/articles/a" />
      <Banner locale={locale} variants={[copy]} manners={DEFAULT_MANNERS} preview="open">
        {gift}
      </Banner>
      <ArticleAppeal locale={locale} variants={[copy]} progress={null} closing={null}>
        {gift}
      </ArticleAppeal>
    </>
  ),
  "gift form": () => (
    <GiveView
      {...{
        locale,
        publication,
        form,
        refusal,
        appeal: copy,
        progress: null,
        token: "t",
        problem: "busy",
        article: null,
        messages: [],
      }}
    />
  ),
  payment: () => (
    <PayView
      {...{
        locale,
        giftId: "g",
        gift: { money, frequency: "monthly", coveredFeeMinor: 50 },
        stripeForm: null,
        formPath: "/give",
      }}
      {...{ monthlyOffer: null, articlePath: "/articles/a" }}
    />
  ),
  thanks: () => (
    <ThanksView
      {...{ locale, checkoutSessionId: "cs_test_x" }}
      progress={{
        kind: "received",
        own: { formNonce: "m", money, kept: money, frequency: "monthly", coveredFee: null, isSecond: false },
      }}
      chargesNextAt={now.toISOString()}
    />
  ),
  "waiting for the gift": () => (
    <ThanksView {...{ locale, checkoutSessionId: "cs_test_x", progress: { kind: "on-its-way", own: null } }} />
  ),
  "supporters' area": () => (
    <>
      <TotalGiven locale={locale} ownPayments={[]} />
      <AccountLine locale={locale} address="a…@news.example" />
      <OverdueNotices locale={locale} gifts={[{ ...recurring, standing: "late" }]} />
      <RecurringGiftsSection locale={locale} gifts={[recurring]} />
      <OwnPaymentsTable locale={locale} ownPayments={[]} />
    </>
  ),
  "signing in": () => <SignInForm locale={locale} next="/supporters" refusedAddress="anna" />,
  reminder: () => (
    <ReminderForm {...{ locale, publication, form: { ...form, rhythm: "once", email: "" } as never, refusal: null }} />
  ),
  "missing page": () => <NotFoundView locale={locale} />,
};

const OWN_WORDS: unknown[] = [
  publication.name,
  publication.contact,
  publication.motto,
  "a…@news.example",
  "https://news.example/articles/a",
  "Stripe",
  "English",
  "[amount]",
  ...Object.values(publication.recipient.taxNote),
  publication.recipient.legalName,
];

test.each(Object.keys(PAGES))("%s: no English word is left, except names and the publication's own texts", (name) => {
  const html = renderToStaticMarkup(<SiteFrame locale={locale}>{PAGES[name]?.()}</SiteFrame>);
  expect(html).toMatch(/[ا-ي]{3}/);
  const text = OWN_WORDS.reduce<string>((rest, word) => rest.replaceAll(String(word), ""), wordsIn(html));
  expect(text.match(/[A-Za-z]{4,}/g) ?? []).toEqual([]);
});

test("the document of reader pages has the direction of its language", () => {
  const props = (language: string) =>
    (
      Document({
        forScript: {},
        __NEXT_DATA__: { props: { pageProps: { locale: language } } },
      } as never) as ReactElement<{
        lang: string;
        dir: string;
      }>
    ).props;
  expect(props(locale)).toMatchObject({ lang: locale, dir: "rtl" });
  expect(props("en")).toMatchObject({ lang: "en", dir: "ltr" });
  expect(["ar", "fa", "he", "ur", "ru", locale].map(directionOf)).toEqual(["rtl", "rtl", "rtl", "rtl", "ltr", "rtl"]);
});

test("the arrow of a link back points to the side at which the language's lines begin", () => {
  const arrow = (own: string) => renderToStaticMarkup(<PayArrow locale={own} />).match(/[←→]/)?.[0];
  expect([arrow(locale), arrow("en")]).toEqual(["→", "←"]);
});

function PayArrow({ locale: own }: { locale: string }) {
  return (
    <PayView
      {...{
        locale: own,
        giftId: "g",
        gift: { money, frequency: "once", coveredFeeMinor: 0 },
        stripeForm: null,
        formPath: "/give",
      }}
      {...{ monthlyOffer: null, articlePath: null }}
    />
  );
}

/** Declarations that name left or right but are correct in both directions, each with the reason. */
const SAME_IN_BOTH: Record<string, string> = {
  "banner.css: border-width: 2px 2px 0 0": "the corner of an arrow that is turned to point up or down",
};

const STYLES = join(import.meta.dirname, "components/style");
const PHYSICAL =
  /(?:^|[\s;{])((?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-[a-z]+)?|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:[^;]+|(?:text-align|float|clear)\s*:\s*(?:left|right)|(?:margin|padding|inset|border-width)\s*:(?:\s+[^\s;(]+){4})(?=;)/g;

test("no stylesheet names left or right, except with a reason", () => {
  const sheets = readdirSync(STYLES).filter((file) => file.endsWith(".css"));
  const found = sheets.flatMap((file) => physicalIn(file, readFileSync(join(STYLES, file), "utf8")));
  expect(found).toEqual(Object.keys(SAME_IN_BOTH));
});

test.each([
  "margin-left: 1px",
  "padding-right: var(--space-2)",
  "border-left: 1px solid",
  "left: 0",
  "text-align: right",
  "float: left",
  "border-top-left-radius: 2px",
  "margin: 0 1px 0 2px",
])("refuses %s", (style) => {
  expect(physicalIn("x.css", `.a {\n  ${style};\n}`)).toEqual([`x.css: ${style}`]);
});

test.each(["margin-inline-start: 1px", "inset-inline: 0", "text-align: start", "margin: 0 auto", "top: 0"])(
  "allows %s",
  (style) => {
    expect(physicalIn("x.css", `.a {\n  ${style};\n}`)).toEqual([]);
  },
);

function physicalIn(file: string, css: string): string[] {
  const code = css.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return [...code.matchAll(PHYSICAL)].map(([, style]) => `${file}: ${style?.trim()}`);
}

function wordsIn(html: string): string {
  return html.replaceAll(/<[^>]+>/g, " ").replaceAll(/&[#\w]+;/g, " ");
}
