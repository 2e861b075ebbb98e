// The newsroom's content: Markdown files with YAML front matter under content/. Read once per process; in development, at every
// call. A file with a missing or invalid field stops the build, and the error names both.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { VARIANT_ID } from "../domain/appeal/appeal-content";
import type { AppealCopy } from "../domain/appeal/appeal-copy";
import { wordsFields } from "../domain/appeal/appeal-words";
import { type Article, byNewest, type Letter, relatedAmong } from "../domain/articles/article";
import { defaultCurrencyOf } from "../domain/publication";
import { publication } from "../publication";

export type { AppealCopy, Article, Letter };

const MOST_RELATED = 3;

const line = z.string().trim().min(1);
const publishedAt = z.iso.datetime({ offset: true, error: "a time such as 2026-03-01T09:00:00+03:00" });

const picture = z
  .strictObject({
    src: z.string().startsWith("/", "a path on this site such as /pictures/name.webp").nullable(),
    alt: z.string().default(""),
    caption: z.string().default(""),
    credit: line.nullable().default(null),
    width: z.int().min(0).default(0),
    height: z.int().min(0).default(0),
  })
  .refine((p) => p.src === null || (p.alt !== "" && p.width > 0 && p.height > 0), {
    error: "a picture with a src also needs alt, width and height",
  });

const articleMatter = z.strictObject({
  id: z.string().regex(/^a_[a-z0-9]{8}$/, "a_ and eight of a-z and 0-9"),
  kicker: line,
  headline: line,
  standfirst: line.nullable().default(null),
  byline: line.nullable().default(null),
  publishedAt,
  picture: picture.nullable().default(null),
  topics: z.array(line).default([]),
  ask: line.nullable().default(null),
  closing: z
    .strictObject({ headline: line.nullable().default(null), paragraphs: z.array(line) })
    .nullable()
    .default(null),
  sensitive: z.boolean().default(false),
});

const letterMatter = z.strictObject({
  headline: line,
  byline: line.nullable().default(null),
  publishedAt,
  teaser: line,
});

const shortName = z.string().regex(VARIANT_ID, "a short name of a-z, 0-9, - and _");
const appealMatter = z.strictObject({
  id: shortName,
  variant: shortName,
  ...wordsFields(defaultCurrencyOf(publication)),
});

export type Content = {
  articles: Article[];
  /** Letters by language, newest first. */
  letters: Map<string, Letter[]>;
  /**
   * The variants of each language's current appeal, which the first file in the language's folder names. In the order of their names; the
   * first is shown where no experiment runs.
   */
  appeals: Map<string, AppealCopy[]>;
};

/** Reads a whole content folder. The error names the file and the invalid field. */
export function readContent(folder: string): Content {
  const articles = readFiles(join(folder, "articles"), articleMatter).map(({ slug, matter, body }) => ({
    slug,
    ...matter,
    body,
  }));
  assertUniqueIds(articles);
  return {
    articles: articles.sort(byNewest),
    letters: byLanguage(join(folder, "letters"), readLetters),
    appeals: byLanguage(join(folder, "appeals"), readAppeals),
  };
}

function readLetters(folder: string): Letter[] {
  return readFiles(folder, letterMatter)
    .map(({ slug, matter, body }) => ({ slug, ...matter, body }))
    .sort(byNewest);
}

function readAppeals(folder: string): AppealCopy[] {
  const files = readFiles(folder, appealMatter);
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

function byLanguage<T>(folder: string, read: (folder: string) => T): Map<string, T> {
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(languages.map(({ name }) => [name, read(join(folder, name))]));
}

function readFiles<T>(folder: string, schema: z.ZodType<T>): { slug: string; matter: T; body: string }[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  return files.sort().map((name) => {
    const path = join(folder, name);
    const { matter, body } = splitMatter(readFileSync(path, "utf8"), path);
    return { slug: parseSlug(path), matter: parseMatter(matter, { schema, path }), body };
  });
}

function parseSlug(path: string): string {
  const slug = basename(path, ".md");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new Error(`content: ${path}: a file's name is its address: only a-z, 0-9 and single hyphens`);
  }
  return slug;
}

function splitMatter(text: string, path: string): { matter: string; body: string } {
  const parts = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text.replaceAll("\r\n", "\n"));
  if (!parts) throw new Error(`content: ${path}: does not open with front matter between two lines of ---`);
  const body = (parts[2] ?? "").trim();
  if (body === "") throw new Error(`content: ${path}: body: is empty`);
  return { matter: parts[1] ?? "", body };
}

function parseMatter<T>(yaml: string, { schema, path }: { schema: z.ZodType<T>; path: string }): T {
  const parsed = schema.safeParse(readYaml(yaml, path));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "front matter"}: ${issue.message}`);
  throw new Error(`content: ${path}: ${issues.join("; ")}`);
}

function readYaml(yaml: string, path: string): unknown {
  try {
    return parseYaml(yaml);
  } catch (cause) {
    throw new Error(`content: ${path}: front matter is not YAML: ${firstLine(cause)}`, { cause });
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? error.message.replace(/:?\n[\s\S]*$/, "") : String(error);
}

function assertUniqueIds(articles: { id: string; slug: string }[]): void {
  const owner = new Map<string, string>();
  for (const { id, slug } of articles) {
    const other = owner.get(id);
    if (other) throw new Error(`content: articles/${slug}.md: id: ${id} already belongs to articles/${other}.md`);
    owner.set(id, slug);
  }
}

let cached: Content | undefined;

function content(): Content {
  if (cached && process.env.NODE_ENV !== "development") return cached;
  cached = readContent(join(process.cwd(), "content"));
  return cached;
}

/** Newest first. */
export function listArticles(): Article[] {
  return content().articles;
}

export function findArticle(slug: string): Article | null {
  return content().articles.find((article) => article.slug === slug) ?? null;
}

export function findArticleById(id: string): Article | null {
  return content().articles.find((article) => article.id === id) ?? null;
}

export function relatedTo(article: Article): Article[] {
  return relatedAmong(content().articles, { article, most: MOST_RELATED });
}

/** Letters are for supporters only: the caller checks the viewer's right. Newest first; the default language's letters if `locale` has none. */
export function listLetters(locale: string = publication.defaultLanguage): Letter[] {
  return inLanguage(content().letters, locale) ?? [];
}

export function findLetter(slug: string, locale: string = publication.defaultLanguage): Letter | null {
  return listLetters(locale).find((letter) => letter.slug === slug) ?? null;
}

/** The current appeal, in the reader's language or else in the default one. */
export function findAppeal(locale: string): AppealCopy {
  const [first] = listVariants(locale);
  if (!first) throw new Error(`content: no appeal in content/appeals/${publication.defaultLanguage}`);
  return first;
}

/** The current appeal in all its variants, the one that is shown where no experiment runs first. */
export function listVariants(locale: string): AppealCopy[] {
  return inLanguage(content().appeals, locale) ?? [];
}

/** The same for each language that has files of its own. */
export function listVariantsByLanguage(): ReadonlyMap<string, AppealCopy[]> {
  return content().appeals;
}

/** True for a variant of the current appeal, in any language. */
export function hasVariant(appeal: string, variant: string): boolean {
  const all = [...content().appeals.values()].flat();
  return all.some((each) => each.id === appeal && each.variant === variant);
}

function inLanguage<T>(all: Map<string, T>, locale: string): T | undefined {
  return all.get(locale) ?? all.get(publication.defaultLanguage);
}
