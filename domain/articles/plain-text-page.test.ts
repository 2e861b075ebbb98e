import { describe, expect, test } from "vitest";
import { normalizePageText } from "./page-text";
import { parseArticlePageText } from "./plain-text-page";

const NAME = "The Northern Herald";
const FIRST = "The last ferry of the year left the harbour on Tuesday with nine passengers and a piano.";
const SECOND = "“We carry what people bring,” the captain said. “We do not ask why.”";

function parse(...paragraphs: string[]) {
  return parseArticlePageText(normalizePageText(paragraphs.join("\n\n")), NAME);
}

function pageOf(...paragraphs: string[]) {
  const result = parse(...paragraphs);
  if (result.kind === "refused") throw new Error(result.reason);
  return result.page;
}

describe("a page saved from a news site", () => {
  test("finds every part of a page", () => {
    const page = pageOf(
      `Support ${NAME}!`,
      "Last Ferry Leaves With a Piano: ‘We do not Ask Why’",
      "The harbour on Tuesday Screenshot Harbour24",
      FIRST,
      ` \u00a0${SECOND}\u00a0`,
      "Read more",
      "Local news isn’t free. You can help pay for it.",
      "We have printed the tides since 1904.",
      "Please consider a gift.",
    );
    expect(page).toEqual({
      ask: `Support ${NAME}!`,
      headline: "Last Ferry Leaves With a Piano: ‘We do not Ask Why’",
      standfirst: null,
      byline: null,
      caption: "The harbour on Tuesday Screenshot Harbour24",
      paragraphs: [FIRST, SECOND],
      closing: {
        headline: "Local news isn’t free. You can help pay for it.",
        paragraphs: ["We have printed the tides since 1904.", "Please consider a gift."],
      },
    });
  });

  test("a headline and one paragraph are enough", () => {
    expect(pageOf("Last ferry leaves", FIRST)).toMatchObject({
      ask: null,
      headline: "Last ferry leaves",
      caption: null,
      paragraphs: [FIRST],
      closing: null,
    });
  });

  test("distinguishes the byline, the standfirst and the caption", () => {
    const page = pageOf(
      "Last ferry leaves",
      "Winter closes the island",
      "By Anna Berg",
      "The harbour on Tuesday",
      FIRST,
    );
    expect(page).toMatchObject({
      standfirst: "Winter closes the island",
      byline: "Anna Berg",
      caption: "The harbour on Tuesday",
    });
  });

  test("separates paragraphs without blank lines between them", () => {
    const page = parseArticlePageText(`Support us!\nLast ferry leaves\nThe harbour\n${FIRST}\n${SECOND}`, NAME);
    expect(page).toMatchObject({ page: { ask: "Support us!", caption: "The harbour", paragraphs: [FIRST, SECOND] } });
  });

  test("joins the lines of a page that was wrapped at a fixed width", () => {
    const wrapped = [
      "Last ferry leaves",
      "",
      "The last ferry of the year left the",
      "harbour on Tuesday with nine",
      "passengers, two dogs and a piano.",
      "",
      "“We carry what people bring,” the",
      "captain said. “We do not ask why.”",
    ].join("\n");
    expect(parseArticlePageText(wrapped, NAME)).toMatchObject({
      page: {
        paragraphs: [
          "The last ferry of the year left the harbour on Tuesday with nine passengers, two dogs and a piano.",
          SECOND,
        ],
      },
    });
  });

  test("only the last `Read more` with text below it begins a closing appeal", () => {
    expect(pageOf("Last ferry leaves", FIRST, "Read more").closing).toBeNull();
    expect(pageOf("Last ferry leaves", FIRST, "Read more", SECOND, "READ MORE »", "Give.", "Now.")).toMatchObject({
      paragraphs: [FIRST, "Read more", SECOND],
      closing: { headline: "Give.", paragraphs: ["Now."] },
    });
  });

  test("a closing appeal of one paragraph has no headline", () => {
    expect(pageOf("Last ferry leaves", FIRST, "Read more", "Please give.").closing).toEqual({
      headline: null,
      paragraphs: ["Please give."],
    });
  });
});

describe("the original site's appeal", () => {
  test.each([
    "Support The Northern Herald!",
    "Donate now",
    "Subscribe to The Northern Herald",
    "Support our work",
    "SUPPORT US →",
  ])("“%s” is recognised above a headline", (ask) => {
    expect(pageOf(ask, "Last ferry leaves", FIRST)).toMatchObject({ ask, headline: "Last ferry leaves" });
  });

  test.each([
    "Support for the ferry falls",
    "Support wanes in the islands",
    "Subscribers leave",
    "Donated piano sinks",
  ])("“%s” is not an appeal but a headline", (headline) => {
    expect(pageOf(headline, "The harbour on Tuesday", FIRST)).toMatchObject({ ask: null, headline });
  });
});

describe("a headline", () => {
  test.each(["Ferry to the U.S.", "Who sank the ferry?", "Ferry sinks!", "“Not a drop”", "Паром ушёл"])(
    "“%s” is recognised",
    (headline) => {
      expect(pageOf(headline, FIRST).headline).toBe(headline);
    },
  );
});

describe("a page without a headline or a body is refused", () => {
  test.each([
    ["only text", [FIRST, SECOND], "no-headline"],
    ["an appeal and text", ["Support The Northern Herald!", FIRST, SECOND], "no-headline"],
    ["one enormous line", ["a".repeat(900_000)], "no-headline"],
    ["a first line without letters", ["***", FIRST], "no-headline"],
    ["only a headline", ["Last ferry leaves"], "no-body"],
    ["a headline and an appeal", ["Last ferry leaves", "Read more", "Please give."], "no-body"],
  ])("%s", (_, paragraphs, reason) => {
    expect(parse(...paragraphs)).toEqual({ kind: "refused", reason });
  });
});
