import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { measureCpuSeconds } from "../../tools/test/cpu-seconds";
import { type ArticleFrontMatterDetails, formatArticleFile } from "./article-file";
import type { ArticlePageParts } from "./plain-text-page";

const details: ArticleFrontMatterDetails = {
  id: "a_00000000",
  kicker: "News",
  byline: null,
  publishedAt: "2026-01-02T03:04:05Z",
  sensitive: false,
  picture: null,
};

const page: ArticlePageParts = {
  ask: null,
  headline: "Last ferry leaves",
  standfirst: null,
  byline: "Anna Berg",
  caption: "The harbour",
  paragraphs: ["Text."],
  closing: null,
};

function partsOf(text: string) {
  const [, matter = "", body = ""] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(text) ?? [];
  return { matter: parse(matter), html: renderToStaticMarkup(createElement(Markdown, null, body)) };
}

const escapeHtml = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;");

describe("text that looks like markup is shown unchanged", () => {
  test.each([
    "# Not a heading",
    "---",
    "***",
    "* not a list, *not* slanted, **not** bold",
    "1. not a list",
    "+ 5 degrees",
    "> not a quotation",
    "<script>alert(1)</script>",
    "a < b && b > c, &amp; and &copy;",
    "[not a link](javascript:alert(1)) ![no](x)",
    "[ref]: https://example.org",
    "`no code` and ~~~",
    "back\\slash_and_underscores_",
    "| a | b |",
    "Setext\u00a0?",
    "===",
    "https://example.org/a_b_c",
    "“quotes” — and ‘dashes’…",
  ])("%s", (line) => {
    const { html } = partsOf(formatArticleFile({ ...page, paragraphs: ["Before.", line, "After."] }, details));
    expect(html).toBe(`<p>Before.</p>\n<p>${escapeHtml(line)}</p>\n<p>After.</p>`);
  });

  test("a line of nearly a megabyte is escaped in less than a minute", () => {
    const line = "*_<[`&".repeat(150_000);
    expect(measureCpuSeconds(() => formatArticleFile({ ...page, paragraphs: [line] }, details))).toBeLessThan(60);
  });
});

test("front matter parses back unchanged", () => {
  const tricky = {
    ...page,
    headline: "Yes: “no” # 'null' --- &a *b !c",
    ask: "- Support us!",
    byline: "null",
    caption: "---",
  };
  expect(partsOf(formatArticleFile(tricky, details)).matter).toMatchObject({
    headline: tricky.headline,
    ask: tricky.ask,
    byline: "null",
    picture: { src: null, caption: "---" },
  });
});

test("the alternative text of a picture without one is its caption, or else the headline", () => {
  const picture = { src: "/pictures/ferry.webp", alt: null, width: 4, height: 3 };
  expect(partsOf(formatArticleFile(page, { ...details, picture })).matter.picture.alt).toBe("The harbour");
  const bare = { ...page, caption: null };
  expect(partsOf(formatArticleFile(bare, { ...details, picture })).matter.picture.alt).toBe("Last ferry leaves");
  expect(partsOf(formatArticleFile(bare, details)).matter.picture).toBeNull();
});

test("a byline from staff replaces the byline on the page", () => {
  expect(partsOf(formatArticleFile(page, details)).matter.byline).toBe("Anna Berg");
  expect(partsOf(formatArticleFile(page, { ...details, byline: "Olga Lind" })).matter.byline).toBe("Olga Lind");
});

test("the front matter has a language only if the article's details have one", () => {
  const matterOf = (more: Partial<ArticleFrontMatterDetails>) =>
    formatArticleFile(page, { ...details, ...more }).split("---\n")[1] ?? "";
  expect(parse(matterOf({ language: "ru" }))).toMatchObject({ id: "a_00000000", language: "ru" });
  expect(parse(matterOf({}))).not.toHaveProperty("language");
});
