import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { BANNER_HIDDEN_REASONS, DEFAULT_MANNERS, type Manners } from "@/domain/appeal/manners";
import { mannersForHighRisk } from "@/domain/appeal/memory-for-high-risk";
import { QUIET_PERIOD_REASONS } from "@/domain/appeal/quiet-period";
import { Banner } from "./banner";
import { listMannerRules } from "./manners-rules";
import { MannersView } from "./manners-view";

const t = translator("en");
const printed = { manners: DEFAULT_MANNERS, quietSections: [], isHighRisk: false };
const neutral = { manners: mannersForHighRisk(DEFAULT_MANNERS), quietSections: [], isHighRisk: true };
const textOf = (html: string) => html.replace(/<[^>]*>/g, " ");

/** Each case changes one number of the banner's rules. The text of the page must then contain the new number. */
test.each<[string, Partial<Manners>, string]>([
  ["the wait on the page", { secondsBeforeAsking: 41 }, "there for 41 seconds"],
  ["the share that was read", { shareReadBeforeAsking: 0.43 }, "read 43% of the text"],
  ["the days between views", { daysBetweenViews: 5 }, "once in 5 days"],
  ["the most views", { mostViews: 3 }, "3 times in 30 days"],
  ["“later today”", { quietHoursAfterLater: 9 }, "9 hours"],
  ["“not this time”", { quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter, "not-now": 47 } }, "Escape key: 47 days"],
  [
    "“I already gave”",
    { quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter, "already-gave": 171 } },
    "gave”: 171 days",
  ],
  ["a gift", { quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter, gift: 273 } }, "gift from this device: 273 days"],
  ["a reminder", { quietDaysAfter: { ...DEFAULT_MANNERS.quietDaysAfter, reminder: 88 } }, "come from one: 88 days"],
  ["the days of an unfinished gift", { daysOfRecall: 6 }, "how often, and when, for 6 days"],
  ["the hours before it is recalled", { hoursBeforeRecall: 9 }, "After 9 hours or more"],
  ["the appeal's end", { appealEndsAt: Date.UTC(2027, 4, 9, 12) }, "until this appeal ends, on May 9, 2027"],
])("the page states %s with the number that the code uses", (_, own, expected) => {
  const html = renderToStaticMarkup(<MannersView locale="en" {...printed} manners={{ ...DEFAULT_MANNERS, ...own }} />);
  expect(textOf(html)).toContain(expected);
  expect(textOf(renderToStaticMarkup(<MannersView locale="en" {...printed} />))).not.toContain(expected);
});

test("the page has a rule for everything that hinders the banner, and a paragraph for every reason to rest", () => {
  const html = renderToStaticMarkup(<MannersView locale="en" {...printed} quietSections={["Obituaries", "War"]} />);
  for (const hindrance of BANNER_HIDDEN_REASONS) expect(html).toContain(t(`manners.never.${hindrance}`).slice(0, 20));
  for (const reason of QUIET_PERIOD_REASONS) expect(html).toContain(`data-rest="${reason}"`);
  expect(html).toContain("Obituaries and War");
});

test("under high risk the page states the same rest after every answer, and no paragraph mentions a gift", () => {
  const html = renderToStaticMarkup(<MannersView locale="en" {...neutral} />);
  expect(textOf(html)).toContain("After any answer, and after a gift: 30 days");
  expect(textOf(html)).toContain("once in 8 days");
  for (const reason of QUIET_PERIOD_REASONS) expect(html).not.toContain(`data-rest="${reason}"`);
  for (const words of ["Later today", "I already gave", "60 days", "90 days"]) expect(html).not.toContain(words);
});

test("no rule is on the page twice", () => {
  const rules = listMannerRules(t, { ...printed, quietSections: ["War"] }).flatMap((group) => group.rules);
  expect(new Set(rules).size).toBe(rules.length);
});

test("the banner offers “later today” only if the device can remember it", () => {
  const copy = { id: "first", variant: "a", banner: { headline: "H", text: "T" } } as never;
  const render = (manners: Manners) =>
    renderToStaticMarkup(
      <Banner locale="en" variants={[copy]} manners={manners}>
        form
      </Banner>,
    );
  expect(render(DEFAULT_MANNERS)).toContain('data-banner-close="later"');
  expect(render(mannersForHighRisk(DEFAULT_MANNERS))).not.toContain("later");
});
