import { join } from "node:path";
import { z } from "zod";
import { messagesByLanguage } from "../../content/messages/languages";
import { type Article, compareByNewest } from "../../domain/articles/article";
import { typesetArticle } from "../../domain/articles/short-words";
import { offeredLanguage } from "../../domain/languages";
import { publication } from "../../publication";
import { type ContentFile, parseFile, readContentFiles } from "../front-matter";

const line = z.string().trim().min(1);

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
  id: z.string().regex(/^a_[a-z0-9]{8}$/, "a_ and eight characters of a-z and 0-9"),
  language: z
    .string()
    .default(publication.defaultLanguage)
    .refine(
      (language) => language in messagesByLanguage || isInOfferedLanguage({ language }),
      "a language of content/messages",
    ),
  kicker: line,
  headline: line,
  standfirst: line.nullable().default(null),
  byline: line.nullable().default(null),
  publishedAt: z.iso.datetime({ offset: true, error: "a time such as 2026-03-01T09:00:00+03:00" }),
  picture: picture.nullable().default(null),
  topics: z.array(line).default([]),
  ask: line.nullable().default(null),
  closing: z
    .strictObject({ headline: line.nullable().default(null), paragraphs: z.array(line) })
    .nullable()
    .default(null),
  sensitive: z.boolean().default(false),
});

/**
 * Returns the folder of the articles. The environment variable ARTICLES_FOLDER can name a folder outside the build, for
 * example a folder that several servers share.
 */
export function articlesFolder(): string {
  return process.env.ARTICLES_FOLDER || join(process.cwd(), "content/articles");
}

export function isInOfferedLanguage({ language }: Pick<Article, "language">): boolean {
  return offeredLanguage(language, publication) === language;
}

/**
 * Returns the articles in the languages that the site offers, newest first. Throws on an invalid file or a duplicate
 * id.
 */
export function readArticles(folder: string): Article[] {
  const articles = readContentFiles(folder, articleMatter).map(articleOf);
  const owner = new Map<string, string>();
  for (const { id, slug } of articles) {
    const other = owner.get(id);
    if (other) throw new Error(`content: articles/${slug}.md: ${idTakenMessage(id, other)}`);
    owner.set(id, slug);
  }
  return articles.filter(isInOfferedLanguage).sort(compareByNewest);
}

export function parseArticle(text: string, path: string): Article {
  return articleOf(parseFile(text, { schema: articleMatter, path }));
}

/**
 * Returns the error text for a duplicate id. A gift stores the id of its article, so two articles must not have the
 * same id.
 */
export function idTakenMessage(id: string, slug: string): string {
  return `id: ${id} already belongs to articles/${slug}.md`;
}

function articleOf({ slug, matter, body }: ContentFile<z.infer<typeof articleMatter>>): Article {
  return typesetArticle({ slug, ...matter, body });
}
