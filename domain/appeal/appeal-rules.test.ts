import { describe, expect, test } from "vitest";
import { testPublication } from "../testing/test-publication";
import { parseAppealContent } from "./appeal-content";
import type { TextByFormField } from "./forms/fields";
import { appealPartFormFields, parseAppealPartForm, parseAppealPartName } from "./forms/part-form";
import { goalProgressOf } from "./goal";
import {
  DEFAULT_MANNER_SETTINGS,
  MANNER_LIMITS,
  MANNER_NAMES,
  mannersFromChoices,
  nonDefaultManners,
} from "./manner-choices";
import { DEFAULT_MANNERS } from "./manners";
import { isAppealAllowedInArticle } from "./places-without-banner";
import { withPresets } from "./preset-choices";
import { isQuietPeriodOver } from "./quiet-period";
import { parseReaderMemory } from "./reader-memory";
import { exampleContent, exampleWords } from "./testing/example-appeal";
import { listChangedTexts } from "./version-difference";

const ARTICLES = [
  { id: "a_00000001", slug: "last-ferry", kicker: "Harbour" },
  { id: "a_00000002", slug: "first-snow", kicker: "Weather" },
];
const context = { publication: testPublication, articles: ARTICLES };
const content = exampleContent();

function problemsOf(part: "words/a/en" | "presets" | "quiet" | "manners" | "goal", changed: TextByFormField) {
  const read = parseAppealPartForm(part, { ...appealPartFormFields(content, part, context), ...changed }, context);
  return read.kind === "refused" ? read.problems.map(({ field, reason }) => `${field}: ${reason}`) : [];
}

test("reading the form of an unchanged part returns the same part", () => {
  const full = exampleContent({
    presets: { USD: { once: ["5", "10.5"] }, KWD: { monthly: ["1.5", "3"] } },
    quiet: { sections: ["Weather"], articles: ["a_00000001"] },
    manners: { ...DEFAULT_MANNER_SETTINGS, mostViews: 2 },
    goal: { amount: "50000", currency: "USD", from: "2026-12-01", until: "2026-12-31", counts: "all" },
  });
  for (const part of ["presets", "quiet", "manners", "goal"] as const)
    expect(parseAppealPartForm(part, appealPartFormFields(full, part, context), context)).toEqual({
      kind: "value",
      value: { part, [part]: full[part] },
    });
  const words = parseAppealPartForm("words/a/en", appealPartFormFields(full, "words/a/en", context), context);
  expect(words).toEqual({ kind: "value", value: { part: "words/a/en", words: exampleWords() } });
});

test("accepts only the names of parts that the appeal has", () => {
  const names = ["goal", "words/a/en", "words/b/en", "words/a/xx", "words/a", "other", ""];
  expect(names.map((name) => parseAppealPartName(name, content, ["en"]))).toEqual([
    ...["goal", "words/a/en", null, null, null, null, null],
  ]);
});

describe("words", () => {
  test.each([
    [{ headline: " " }, ["headline: missing"]],
    [{ "banner.headline": "x".repeat(61) }, ["banner.headline: too-long"]],
    [{ paragraphs: "" }, ["paragraphs: missing"]],
    [{ paragraphs: "One.\n\n".repeat(13) }, ["paragraphs: too-many-paragraphs"]],
    [{ paragraphs: `One.\n\n${"x".repeat(1_201)}` }, ["paragraphs: paragraph-too-long"]],
    [{ "figure.text": "" }, ["figure.text: missing"]],
    [{ "signature.name": "" }, ["signature.name: missing"]],
    [{ "amounts.3.amount": "ten", "amounts.3.does": "pays" }, ["amounts.3.amount: not-an-amount"]],
    [{ "amounts.0.amount": "" }, ["amounts.0.amount: not-an-amount"]],
    [{ "figure.number": "", "figure.text": "", "signature.name": "", "signature.role": "" }, []],
  ])("the fields %o have the problems %o", (changed, problems) => {
    expect(problemsOf("words/a/en", changed)).toEqual(problems);
  });

  test("an empty line separates paragraphs, and a single line break becomes a space", () => {
    const fields = {
      ...appealPartFormFields(content, "words/a/en", context),
      paragraphs: "One\r\nline.\r\n\r\n \r\nTwo.\n",
    };
    expect(parseAppealPartForm("words/a/en", fields, context)).toMatchObject({
      value: { words: { paragraphs: ["One line.", "Two."] } },
    });
  });
});

describe("preset amounts", () => {
  test.each([
    [{ "USD.once": "5 10 20" }, []],
    [{ "KWD.once": "0.5 1.25" }, []],
    [{ "JPY.once": "200 1000000" }, []],
    [{ "USD.once": "5" }, ["USD.once: wrong-count"]],
    [{ "USD.once": "2 3 4 5 6 7 8" }, ["USD.once: wrong-count"]],
    [{ "USD.once": "10 5" }, ["USD.once: not-rising"]],
    [{ "USD.once": "5 5" }, ["USD.once: not-rising"]],
    [{ "USD.once": "1 5" }, ["USD.once: below-minimum"]],
    [{ "USD.once": "5 10001" }, ["USD.once: above-maximum"]],
    [{ "USD.once": "5 ten" }, ["USD.once: not-amounts"]],
    [{ "USD.once": "5 -7" }, ["USD.once: not-amounts"]],
    [{ "USD.once": "5.001 7" }, ["USD.once: not-amounts"]],
    [{ "JPY.once": "200.5 300" }, ["JPY.once: not-amounts"]],
    [{ "KWD.once": "0.555 1" }, ["KWD.once: not-amounts"]],
    [{ "GBP.yearly": "1 2", "EUR.monthly": "x" }, ["EUR.monthly: not-amounts", "GBP.yearly: below-minimum"]],
  ])("the fields %o have the problems %o", (changed, problems) => {
    expect(problemsOf("presets", changed)).toEqual(problems);
  });

  test("Stripe's minimum applies even if the publication's own minimum is lower", () => {
    const publication = {
      ...testPublication,
      currencies: { USD: { ...testPublication.currencies.USD, limits: { min: "0.1", max: "9" } } },
    };
    const read = parseAppealPartForm(
      "presets",
      { "USD.once": "0.2 5" },
      { ...context, publication: publication as typeof testPublication },
    );
    expect(read).toMatchObject({
      problems: [{ reason: "below-minimum", limit: { amountMinor: 50, currency: "USD" } }],
    });
  });

  test("an appeal's own amounts replace only the list of their currency and frequency", () => {
    const offered = withPresets(testPublication, { USD: { once: ["7", "9"] } }).currencies;
    expect(offered.USD?.presets).toEqual({ ...testPublication.currencies.USD?.presets, once: ["7", "9"] });
    expect(offered.EUR).toEqual(testPublication.currencies.EUR);
  });
});

describe("places", () => {
  test("the appeal does not ask in an unchecked section or a listed article, but asks in a new section", () => {
    const fields = {
      "section.Harbour": "on",
      articles: "https://news.example/articles/last-ferry?x=1\n\n a_00000001 \nlast-ferry/",
    };
    const quiet = { sections: ["Weather"], articles: ["a_00000001"] };
    expect(parseAppealPartForm("quiet", fields, context)).toEqual({ kind: "value", value: { part: "quiet", quiet } });
    const [ferry, snow] = ARTICLES;
    const asked = [ferry, snow, { id: "a_3", kicker: "Harbour" }, { id: "a_4", kicker: "New" }];
    expect(asked.map((article) => article && isAppealAllowedInArticle(article, quiet))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("the refusal names an unknown article", () => {
    const read = parseAppealPartForm("quiet", { articles: "last-ferry\nno-such" }, context);
    expect(read).toMatchObject({
      problems: [{ field: "articles", reason: "unknown-article", values: { text: "no-such" } }],
    });
  });
});

describe("manners", () => {
  test.each(MANNER_NAMES)("%s accepts only whole numbers within its limits", (name) => {
    const { least, most } = MANNER_LIMITS[name];
    for (const number of [least, most]) expect(problemsOf("manners", { [name]: String(number) })).toEqual([]);
    for (const number of [least - 1, most + 1])
      expect(problemsOf("manners", { [name]: String(number) })).not.toEqual([]);
    for (const text of ["", "1.5", "-1", "ten", "1e1"])
      expect(problemsOf("manners", { [name]: text })).toEqual([`${name}: not-whole`]);
  });

  test("stored settings outside the limits never make the banner ask more than DEFAULT_MANNERS allow", () => {
    const wild = Object.fromEntries(MANNER_NAMES.flatMap((name) => [[name, name === "mostViews" ? 99 : 0]]));
    expect(mannersFromChoices(wild as typeof DEFAULT_MANNER_SETTINGS)).toEqual({
      ...DEFAULT_MANNERS,
      quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter },
    });
    expect(nonDefaultManners(mannersFromChoices(DEFAULT_MANNER_SETTINGS))).toBeNull();
  });

  test("the newsroom's own settings decide when the banner may come back", () => {
    const manners = mannersFromChoices({ ...DEFAULT_MANNER_SETTINGS, daysAfterNotNow: 60, mostViews: 1 });
    const DAY = 86_400_000;
    const reader = parseReaderMemory(JSON.stringify({ closed: { way: "not-now", at: 0 } }), DAY);
    const willing = (day: number) => isQuietPeriodOver({ reader, now: day * DAY, manners });
    expect([31, 59, 60].map(willing)).toEqual([false, false, true]);
    const seenOnce = parseReaderMemory(JSON.stringify({ views: [0] }), DAY);
    expect(isQuietPeriodOver({ reader: seenOnce, now: 2 * DAY, manners })).toBe(false);
    expect(isQuietPeriodOver({ reader: seenOnce, now: 2 * DAY })).toBe(true);
    expect(nonDefaultManners(manners)).toEqual({
      mostViews: 1,
      quietHoursAfterLater: 0,
      quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter, "not-now": 60 },
    });
  });
});

describe("the goal", () => {
  const goal = {
    amount: "1000",
    currency: "USD",
    from: "2026-12-01",
    until: "2026-12-31",
    counts: "currency",
  } as const;

  test.each([
    [{}, []],
    [{ amount: "", from: "", until: "" }, []],
    [{ amount: "0" }, ["amount: not-an-amount"]],
    [{ amount: "1,000" }, ["amount: not-an-amount"]],
    [{ currency: "SEK" }, ["currency: not-offered"]],
    [{ currency: "EUR", counts: "all" }, ["currency: not-converted"]],
    [{ counts: "all" }, []],
    [{ from: "2026-02-30" }, ["from: not-a-day"]],
    [{ until: "" }, ["until: not-a-day"]],
    [{ until: "2026-11-30" }, ["until: before-start"]],
    [{ until: "2027-12-02" }, ["until: too-many-days"]],
  ])("the fields %o have the problems %o", (changed, problems) => {
    expect(problemsOf("goal", { ...goal, ...changed })).toEqual(problems);
  });

  test.each([
    [0, 0, 0],
    [999, 0, 0],
    [1_000, 1_000, 1],
    [55_555, 55_000, 55],
    [100_000, 100_000, 100],
    [123_456, 123_000, 100],
    [-5_000, 0, 0],
  ])(
    "%i cents kept are shown as %i cents and %i percent, rounded down to a hundredth of the goal",
    (keptMinor, shown, percent) => {
      const progress = goalProgressOf(goal, { keptMinor, asOf: new Date(0), oldestRateDay: null });
      expect(progress).toMatchObject({ kept: { amountMinor: shown, currency: "USD" }, percent });
    },
  );
});

test("stored content is parsed, with defaults for missing fields and without unusable presets, or is null if unreadable", () => {
  expect(parseAppealContent(JSON.stringify(content))).toEqual(content);
  const { variants, quiet } = content;
  expect(parseAppealContent(JSON.stringify({ variants, quiet }))).toEqual(content);
  const odd = { ...content, presets: { USD: { once: ["x"] }, XXX: { once: ["1"] }, EUR: { once: ["5", "6"] } } };
  expect(parseAppealContent(JSON.stringify(odd))?.presets).toEqual({ EUR: { once: ["5", "6"] } });
  for (const text of ["", "null", "{}", JSON.stringify({ ...content, variants: [] })])
    expect(parseAppealContent(text)).toBeNull();
});

test("the difference of two versions lists exactly the texts that changed", () => {
  const words = { en: exampleWords({ headline: "Other", figure: null }) };
  const changed = exampleContent({
    variants: [{ id: "a", words }],
    manners: { ...DEFAULT_MANNER_SETTINGS, mostViews: 2 },
  });
  expect(listChangedTexts(content, changed)).toEqual([
    { place: { variant: "a", language: "en" }, field: "headline", before: "Readers pay for this", after: "Other" },
    {
      place: { variant: "a", language: "en" },
      field: "figure",
      before: "$61 of every $100 paid reporters.",
      after: "",
    },
    { place: null, field: "manners.mostViews", before: "4", after: "2" },
  ]);
  expect(listChangedTexts(content, content)).toEqual([]);
  expect(listChangedTexts(null, content).every(({ before }) => before === "")).toBe(true);
});
