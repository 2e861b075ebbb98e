// The articles, letters and appeals in content/. Articles are read again when their files change
// (articles/article-cache.ts). Letters and appeals are read once per process, and in development at every call.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { VARIANT_ID_PATTERN } from "../domain/appeal/appeal-content";
import { appealWordsZodShape } from "../domain/appeal/appeal-words";
import type { LocalizedVariant } from "../domain/appeal/localized-variant";
import {
  type Article,
  compareByNewest,
  type LetterToSupporters,
  listRelatedArticles,
} from "../domain/articles/article";
import { typesetLetter } from "../domain/articles/short-words";
import { defaultCurrencyOf } from "../domain/publication";
import { publication } from "../publication";
import { getCachedArticlesAndRefresh } from "./articles/article-cache";
import { readArticles } from "./articles/article-files";
import { readContentFiles } from "./front-matter";

export type { Article, LetterToSupporters, LocalizedVariant };

const MAX_RELATED = 3;

const line = z.string().trim().min(1);
const publishedAt = z.iso.datetime({ offset: true, error: "a time such as 2026-03-01T09:00:00+03:00" });

const letterMatter = z.strictObject({
  headline: line,
  byline: line.nullable().default(null),
  publishedAt,
  teaser: line,
});

const shortName = z.string().regex(VARIANT_ID_PATTERN, "a short name of a-z, 0-9, - and _");
const appealMatter = z.strictObject({
  id: shortName,
  variant: shortName,
  ...appealWordsZodShape(defaultCurrencyOf(publication)),
});

type Words = {
  /** The letters by language, newest first. */
  letters: Map<string, LetterToSupporters[]>;
  /**
   * The variants of the current appeal by language, sorted by their names. In each language's folder, the first file
   * contains the id of the current appeal.
   */
  appeals: Map<string, LocalizedVariant[]>;
};

export type ArticlesLettersAndAppeals = Words & { articles: Article[] };

/** Reads all content in `folder`. Throws for an invalid file; the error names the file. */
export function readContent(folder: string): ArticlesLettersAndAppeals {
  return { articles: readArticles(join(folder, "articles")), ...readWords(folder) };
}

function readWords(folder: string): Words {
  return {
    letters: byLanguage(join(folder, "letters"), readLetters),
    appeals: byLanguage(join(folder, "appeals"), readAppeals),
  };
}

function readLetters(folder: string, language: string): LetterToSupporters[] {
  return readContentFiles(folder, letterMatter)
    .map(({ slug, matter, body }) => typesetLetter({ slug, ...matter, body }, language))
    .sort(compareByNewest);
}

function readAppeals(folder: string): LocalizedVariant[] {
  const files = readContentFiles(folder, appealMatter);
  const current = files[0]?.matter.id;
  if (current === undefined) throw new Error(`content: no appeal in ${folder}`);
  const variants = files.filter(({ matter }) => matter.id === current);
  assertUniqueVariants(variants);
  return variants
    .map(({ matter, body }) => ({ ...matter, paragraphs: body.split(/\n{2,}/) }))
    .sort((a, b) => a.variant.localeCompare(b.variant, "en"));
}

function assertUniqueVariants(files: { slug: string; matter: { variant: string } }[]): void {
  const owner = new Map<string, string>();
  for (const { slug, matter } of files) {
    const other = owner.get(matter.variant);
    if (other) throw new Error(`content: ${slug}.md: variant: ${matter.variant} already belongs to ${other}.md`);
    owner.set(matter.variant, slug);
  }
}

function byLanguage<T>(folder: string, read: (folder: string, language: string) => T): Map<string, T> {
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(languages.map(({ name }) => [name, read(join(folder, name), name)]));
}

let cached: Words | undefined;

function words(): Words {
  if (cached && process.env.NODE_ENV !== "development") return cached;
  cached = readWords(join(process.cwd(), "content"));
  return cached;
}

export function listArticles(): Article[] {
  return getCachedArticlesAndRefresh().articles;
}

export function listArticlesIn(locale: string): Article[] {
  return listArticles().filter(({ language }) => language === locale);
}

export function findArticle(slug: string): Article | null {
  return getCachedArticlesAndRefresh().bySlug.get(slug) ?? null;
}

export function findArticleById(id: string): Article | null {
  return getCachedArticlesAndRefresh().byId.get(id) ?? null;
}

export function findRelatedArticles(article: Article): Article[] {
  return listRelatedArticles(listArticlesIn(article.language), { article, limit: MAX_RELATED });
}

/**
 * Returns the letters, newest first; in the default language if there are none in `locale`. The caller must check the
 * viewer's right to letters.
 */
export function listLetters(locale: string = publication.defaultLanguage): LetterToSupporters[] {
  return inLanguage(words().letters, locale) ?? [];
}

export function findLetter(slug: string, locale: string = publication.defaultLanguage): LetterToSupporters | null {
  return listLetters(locale).find((letter) => letter.slug === slug) ?? null;
}

/** Returns the first variant of the current appeal in this language, or else in the default language. */
export function getFirstAppealVariant(locale: string): LocalizedVariant {
  const [first] = listVariantsFromContentFiles(locale);
  if (!first) throw new Error(`content: no appeal in content/appeals/${publication.defaultLanguage}`);
  return first;
}

export function listVariantsFromContentFiles(locale: string): LocalizedVariant[] {
  return inLanguage(words().appeals, locale) ?? [];
}

export function listVariantsByLanguage(): ReadonlyMap<string, LocalizedVariant[]> {
  return words().appeals;
}

export function hasVariant(appeal: string, variant: string): boolean {
  const all = [...words().appeals.values()].flat();
  return all.some((each) => each.id === appeal && each.variant === variant);
}

function inLanguage<T>(all: Map<string, T>, locale: string): T | undefined {
  return all.get(locale) ?? all.get(publication.defaultLanguage);
}
