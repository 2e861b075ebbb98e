import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  findArticle,
  findArticleById,
  findLetter,
  findRelatedArticles,
  getFirstAppealVariant,
  listArticles,
  listLetters,
  readContent,
} from "./content";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "content-"));
  for (const room of ["articles", "letters/en", "appeals/en"]) mkdirSync(join(folder, room), { recursive: true });
  cpSync("content/appeals/en", join(folder, "appeals/en"), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

const matter = {
  id: "a_0000000a",
  kicker: "Harbour",
  headline: "Last ferry leaves",
  publishedAt: "2026-01-02T09:00:00+03:00",
};

function write(path: string, { fields, body = "Text." }: { fields: Record<string, unknown>; body?: string }): void {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  writeFileSync(join(folder, path), `---\n${lines.join("\n")}\n---\n${body}\n`);
}

test("an article needs only the required fields; the others are empty", () => {
  write("articles/last-ferry.md", { fields: matter });
  expect(readContent(folder).articles).toEqual([
    {
      ...matter,
      slug: "last-ferry",
      language: "en",
      body: "Text.",
      ...{ standfirst: null, byline: null, picture: null, topics: [], ask: null, closing: null, sensitive: false },
    },
  ]);
});

test("an article in a language without messages is an error; in a language that the site does not offer, it is hidden and its id stays taken", () => {
  write("articles/last-ferry.md", { fields: { ...matter, language: "xx" } });
  expect(() => readContent(folder)).toThrow(/last-ferry\.md: language: a language of content\/messages/);
  write("articles/last-ferry.md", { fields: { ...matter, language: "ru" } });
  expect(readContent(folder).articles).toEqual([]);
  write("articles/a.md", { fields: matter });
  expect(() => readContent(folder)).toThrow(/already belongs to articles\/a\.md/);
});

test("lists articles by publication time across time zones", () => {
  write("articles/b.md", { fields: { ...matter, id: "a_0000000b", publishedAt: "2026-01-02T09:00:00-05:00" } });
  write("articles/a.md", { fields: { ...matter, publishedAt: "2026-01-02T10:00:00+03:00" } });
  expect(readContent(folder).articles.map(({ slug }) => slug)).toEqual(["b", "a"]);
});

test("skips files of other types and unfinished ones", () => {
  write("articles/a.md", { fields: matter });
  writeFileSync(join(folder, "articles/.b.md.1.tmp"), "half a fi");
  expect(readContent(folder).articles).toHaveLength(1);
});

test("splits an appeal into paragraphs", () => {
  const appeal = readContent(folder).appeals.get("en")?.[0];
  expect(appeal?.paragraphs.length).toBeGreaterThan(1);
  expect(appeal?.paragraphs.join("")).not.toContain("\n");
});

test("an appeal's figure, amounts and signature are optional, and an invalid amount is reported", () => {
  const { id, variant, headline, banner, giveTitle, giveIntro } = getFirstAppealVariant("en");
  const least = { id, variant, headline, banner, giveTitle, giveIntro };
  write("appeals/en/first.md", { fields: least });
  expect(readContent(folder).appeals.get("en")?.[0]).toMatchObject({ figure: null, amounts: [], signature: null });
  for (const amount of ["ten", "-5", "10.999", 10]) {
    write("appeals/en/first.md", { fields: { ...least, amounts: [{ amount, does: "pays for an hour." }] } });
    expect(() => readContent(folder), String(amount)).toThrow(/appeals\/en\/first\.md: amounts\.0\.amount: an amount/);
  }
});

describe("an invalid file is reported with the field", () => {
  const picture = { src: "/pictures/ferry.webp", alt: "", width: 4, height: 3 };
  test.each([
    ["no headline", { ...matter, headline: undefined }, /articles\/a\.md: headline: /],
    ["an id of another shape", { ...matter, id: "ferry" }, /articles\/a\.md: id: a_ and eight/],
    ["a day without a time", { ...matter, publishedAt: "2026-01-02" }, /articles\/a\.md: publishedAt: a time such as/],
    ["a misspelt field", { ...matter, hedline: "Ferry" }, /articles\/a\.md: front matter: .*hedline/],
    ["a picture without alt text", { ...matter, picture }, /articles\/a\.md: picture: .*alt/],
    [
      "a picture on another site",
      { ...matter, picture: { ...picture, src: "https://x.example/a.png" } },
      /picture\.src: /,
    ],
    ["an appeal without paragraphs", { ...matter, closing: { headline: "Give" } }, /closing\.paragraphs: /],
  ])("%s", (_, fields, message) => {
    write("articles/a.md", { fields: JSON.parse(JSON.stringify(fields)) });
    expect(() => readContent(folder)).toThrow(message);
  });

  test("an empty body", () => {
    write("articles/a.md", { fields: matter, body: " " });
    expect(() => readContent(folder)).toThrow(/articles\/a\.md: body: is empty/);
  });

  test("no front matter at all", () => {
    writeFileSync(join(folder, "articles/a.md"), "Last ferry leaves\n");
    expect(() => readContent(folder)).toThrow(/articles\/a\.md: does not open with front matter/);
  });

  test("front matter that is not YAML, reported in one line", () => {
    writeFileSync(join(folder, "articles/a.md"), "---\nheadline: one: two\n---\nText.\n");
    expect(() => readContent(folder)).toThrow(/^content: .*articles\/a\.md: front matter is not YAML: .*$/);
  });

  test("a file name that cannot be part of a URL", () => {
    write("articles/Last Ferry.md", { fields: matter });
    expect(() => readContent(folder)).toThrow(/Last Ferry\.md: a file's name is part of its URL/);
  });

  test("an id that another article has", () => {
    write("articles/a.md", { fields: matter });
    write("articles/b.md", { fields: matter });
    expect(() => readContent(folder)).toThrow(/articles\/b\.md: id: a_0000000a already belongs to articles\/a\.md/);
  });

  test("a text that is too long for the banner", () => {
    const long = "x".repeat(141);
    const appeal = { id: "b", variant: "a", headline: "H", giveTitle: "G", giveIntro: "I" };
    write("appeals/en/a.md", { fields: { ...appeal, banner: { headline: "H", text: long } } });
    expect(() => readContent(folder)).toThrow(/appeals\/en\/a\.md: banner\.text: /);
  });
});

describe("the content in this repository", () => {
  test("finds articles by slug and by id, and related articles for each", () => {
    const [newest] = listArticles();
    if (!newest) throw new Error("no articles");
    expect(findArticle(newest.slug)).toEqual(newest);
    expect(findArticleById(newest.id)).toEqual(newest);
    expect(findRelatedArticles(newest)).not.toContainEqual(newest);
    expect([findArticle("none"), findArticleById("a_none")]).toEqual([null, null]);
  });

  test("has letters for supporters", () => {
    expect(listLetters().length).toBeGreaterThanOrEqual(3);
    for (const letter of listLetters()) expect(findLetter(letter.slug)).toEqual(letter);
    expect(findLetter("none")).toBeNull();
  });

  test("falls back to the default language", () => {
    expect(getFirstAppealVariant("xx")).toEqual(getFirstAppealVariant("en"));
    expect(listLetters("xx")).toEqual(listLetters("en"));
  });

  test("no appeal makes a promise that software cannot keep", () => {
    expect(JSON.stringify(getFirstAppealVariant("en"))).not.toMatch(/anonym|\bsafe|\bsecur|untrace/i);
  });
});
