import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseArticle } from "../systems/articles/article-files";
import { readContent } from "../systems/content";
import { listMessageFiles } from "../tools/content/messages";

const ARTICLES_FOLDER = join(import.meta.dirname, "articles");

const MESSAGES = listMessageFiles("ru").flatMap((file) => {
  const text = readFileSync(join(import.meta.dirname, "messages/ru", `${file}.json`), "utf8");
  return Object.entries(JSON.parse(text) as Record<string, string>);
});

const CONTENT = readContent(import.meta.dirname);

/** The Russian texts of the appeals. Each has a name that consists of the appeal's variant and the text's field. */
const APPEALS = (CONTENT.appeals.get("ru") ?? []).flatMap(({ variant, ...copy }) => textsOf(copy, `appeal ${variant}`));

const LETTERS = (CONTENT.letters.get("ru") ?? []).flatMap(({ slug, ...letter }) => textsOf(letter, `letter ${slug}`));

/** The Russian articles, read from their files, because the tests' publication does not offer Russian. */
const ARTICLES = readdirSync(ARTICLES_FOLDER)
  .map((file) => parseArticle(readFileSync(join(ARTICLES_FOLDER, file), "utf8"), file))
  .filter(({ language }) => language === "ru")
  .flatMap(({ slug, ...article }) => textsOf(article, `article ${slug}`));

const FAULTS: Record<string, RegExp> = {
  "a Latin letter within a Russian word": /[a-z](?=[а-яё])|[а-яё](?=[a-z])/i,
  "quotation marks that are not «»": /["“”„]/,
  "a hyphen used as a dash": /(^|\s)-(\s|$)/,
  "a dash that may start a line": /\s—/,
  // The lookbehind leaves out Markdown headings.
  "a number separated from its word": /(?<!^|#)# /m,
  "a full stop after a day, which ends with «г.» already": /\{(day|since|next|until)\}\./,
  "a capital «Вы» within a sentence": /[а-яё,]\s(Вы|Вас|Вам|Ваш[а-яё]*)(?![а-яё])/,
};

test.each(Object.entries(FAULTS))("no Russian message, appeal, letter or article has %s", (_, fault) => {
  const texts = [...MESSAGES, ...APPEALS, ...LETTERS, ...ARTICLES];
  expect(texts.filter(([, text]) => fault.test(withNoBreakDashes(text))).map(([key]) => key)).toEqual([]);
});

test("there are Russian messages, appeals, letters and articles to check", () => {
  for (const texts of [MESSAGES, APPEALS, LETTERS, ARTICLES]) expect(texts.length).toBeGreaterThan(10);
});

test.each([
  ["a Latin letter within a Russian word", "пожертвoвание"],
  ["quotation marks that are not «»", "сайт “{name}”"],
  ["a hyphen used as a dash", "год - срок долгий"],
  ["a dash that may start a line", "год — срок долгий"],
  ["a number separated from its word", "всего # платежа"],
  ["a full stop after a day, which ends with «г.» already", "до {day}."],
  ["a capital «Вы» within a sentence", "когда Вы вернётесь"],
])("the check for %s catches an example", (fault, text) => {
  expect(FAULTS[fault]?.test(withNoBreakDashes(text))).toBe(true);
});

/**
 * Removes no-break spaces before dashes. They are correct, but the check for a dash that may start a line would report
 * them.
 */
function withNoBreakDashes(text: string): string {
  return text.replaceAll("\u00a0—", "—");
}

function textsOf(value: unknown, name: string): [name: string, text: string][] {
  if (typeof value === "string") return [[name, value]];
  return Object.entries(value ?? {}).flatMap(([field, each]) => textsOf(each, `${name}.${field}`));
}
