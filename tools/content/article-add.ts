// Writes an article's file from a page that was saved as plain text. If it refuses the page, it changes no file.
import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Article } from "../../domain/articles/article";
import { formatArticleFile } from "../../domain/articles/article-file";
import {
  type ArticleTextFileRefusal,
  MAX_ARTICLE_TEXT_FILE_BYTES,
  parsePageText,
} from "../../domain/articles/page-text";
import { findPictureSize } from "../../domain/articles/picture-size";
import { type ArticlePageParts, parseArticlePageText } from "../../domain/articles/plain-text-page";
import { isSlug, MAX_SLUG_LENGTH, slugOf } from "../../domain/articles/slug";
import { offeredLanguage } from "../../domain/languages";
import { publication } from "../../publication";
import { articlesFolder, parseArticle } from "../../systems/articles/article-files";
import { findArticleById } from "../../systems/content";
import { readSettings } from "../run/settings.mjs";

const USAGE =
  "npm run article:add -- FILE.txt [--picture FILE] [--alt TEXT] [--date ISO] [--language CODE] [--kicker TEXT] [--byline TEXT] [--slug SLUG] [--sensitive] [--force]";
const MAX_PICTURE_BYTES = 3_000_000;

const REFUSALS: Record<ArticleTextFileRefusal | "no-headline" | "no-body", string> = {
  empty: "is empty",
  "too-large": `is larger than ${MAX_ARTICLE_TEXT_FILE_BYTES / 1_000_000} MB; an article is never that long`,
  binary: "is not a text file",
  "not-plain-text": "is a PDF, RTF, HTML or XML file; save or copy its text into a plain .txt file first",
  "not-utf-8": "is not UTF-8; save it again with the encoding set to UTF-8",
  "no-headline":
    "has no headline; its first line (after the site's own appeal) must be a short headline without a full stop",
  "no-body": "has a headline but no text under it",
};

class Refused extends Error {}

type Options = {
  picture?: string;
  alt?: string;
  date?: string;
  language?: string;
  kicker?: string;
  byline?: string;
  slug?: string;
  sensitive?: boolean;
  force?: boolean;
};
type Arguments = { file: string; options: Options };

/**
 * Adds the article and prints the result, or one line that says why nothing was written. Returns the command's exit
 * code.
 */
export function addArticle(args: string[]): number {
  try {
    process.env.ARTICLES_FOLDER ??= readSettings().ARTICLES_FOLDER ?? "";
    writeArticle(readArguments(args));
    return 0;
  } catch (error) {
    console.error(`article:add: ${firstLine(error)}`);
    return 1;
  }
}

function writeArticle({ file, options }: Arguments): void {
  const page = readPage(file);
  const slug = chooseSlug(page, options);
  const path = relative(".", join(articlesFolder(), `${slug}.md`));
  if (existsSync(path) && !options.force)
    throw new Refused(`${path} already exists; give another --slug, or --force to replace it`);
  const older = existsSync(path) ? parseArticle(readFileSync(path, "utf8"), path) : null;
  const publishedAt = chooseDate(options.date) ?? older?.publishedAt ?? new Date().toISOString();
  const picture = options.picture === undefined ? null : readPicture(options.picture, { slug, force: options.force });
  const text = formatArticleFile(page, {
    id: older?.id ?? newId(),
    language: chooseLanguage(options.language ?? older?.language),
    kicker: options.kicker ?? older?.kicker ?? "News",
    byline: options.byline ?? null,
    publishedAt,
    sensitive: options.sensitive ?? older?.sensitive ?? false,
    picture: picture && { src: picture.src, alt: options.alt ?? null, width: picture.width, height: picture.height },
  });
  // The picture is written first, because a running site shows the article as soon as its file exists.
  if (picture) writeWhole(picture.path, picture.bytes);
  writeWhole(path, text);
  report({ slug, page, path, older });
}

function readArguments(args: string[]): Arguments {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        picture: text,
        alt: text,
        date: text,
        language: text,
        kicker: text,
        byline: text,
        slug: text,
        sensitive: { type: "boolean" },
        force: { type: "boolean" },
      },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new Refused("give one file");
    return { file, options: values };
  } catch (error) {
    throw new Refused(`${firstLine(error)}. Usage: ${USAGE}`);
  }
}

/**
 * Returns the language to write into the article's file, or undefined for the default language, which the file need not
 * name.
 */
function chooseLanguage(language = publication.defaultLanguage as string): string | undefined {
  if (offeredLanguage(language, publication) !== language)
    throw new Refused(`--language ${language}: publication.ts offers ${publication.languages.join(", ")}`);
  return language === publication.defaultLanguage ? undefined : language;
}

function readPage(file: string): ArticlePageParts {
  const read = parsePageText(readInput(file, MAX_ARTICLE_TEXT_FILE_BYTES));
  if (read.kind === "refused") throw new Refused(`${file} ${REFUSALS[read.reason]}`);
  const parsed = parseArticlePageText(read.text, publication.name);
  if (parsed.kind === "refused") throw new Refused(`${file} ${REFUSALS[parsed.reason]}`);
  return parsed.page;
}

/**
 * Reads the file. Looks for it first in the folder in which the user started npm, and then in the project's folder, in
 * which npm runs scripts.
 */
function readInput(file: string, maxBytes: number): Uint8Array {
  const path = [process.env.INIT_CWD ?? ".", "."].map((from) => resolve(from, file)).find(existsSync);
  if (path === undefined) throw new Refused(`${file} does not exist`);
  const stat = statSync(path);
  if (!stat.isFile()) throw new Refused(`${file} is not a file`);
  if (stat.size > maxBytes) throw new Refused(`${file} is larger than ${maxBytes / 1_000_000} MB`);
  return readFileSync(path);
}

function chooseSlug(page: ArticlePageParts, { slug }: Options): string {
  const chosen = slug ?? slugOf(page.headline);
  if (chosen === null) throw new Refused("the headline has no letter that a URL can contain; give one with --slug");
  if (isSlug(chosen)) return chosen;
  throw new Refused(`--slug ${chosen}: only a-z, 0-9 and single hyphens, at most ${MAX_SLUG_LENGTH}`);
}

function chooseDate(date: string | undefined): string | null {
  if (date === undefined) return null;
  if (z.iso.date().safeParse(date).success) return `${date}T00:00:00Z`;
  if (z.iso.datetime({ offset: true }).safeParse(date).success) return date;
  throw new Refused(`--date ${date}: write 2026-03-01 or 2026-03-01T09:00:00+03:00`);
}

function readPicture(file: string, { slug, force }: { slug: string; force: boolean | undefined }) {
  const bytes = readInput(file, MAX_PICTURE_BYTES);
  const size = findPictureSize(bytes);
  if (!size) throw new Refused(`${file} is not a PNG, JPEG or WebP picture`);
  const src = `/pictures/${slug}.${size.type}`;
  const path = join(process.env.ARTICLES_FOLDER ? articlesFolder() : "public", src);
  const built = join("public", src);
  if (path !== built && existsSync(built))
    throw new Refused(`${built} has the same URL and would be shown instead; delete it first, or give another --slug`);
  if (existsSync(path) && !force) throw new Refused(`${path} already exists; --force replaces it`);
  return { ...size, src, path, bytes };
}

function newId(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const id = `a_${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")}`;
  return findArticleById(id) ? newId() : id;
}

/** Writes a temporary file and renames it, so that the site never reads half a file. */
function writeWhole(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, contents);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

type Written = { slug: string; page: ArticlePageParts; path: string; older: Article | null };

function report({ slug, page, path, older }: Written): void {
  const found = [
    `headline   ${page.headline}`,
    page.ask && `ask        ${page.ask}`,
    page.standfirst && `standfirst ${page.standfirst}`,
    page.byline && `byline     ${page.byline}`,
    page.caption && `caption    ${page.caption}`,
    `text       ${paragraphs(page.paragraphs)}`,
    page.closing && `closing    ${page.closing.headline ?? "(no headline)"} + ${paragraphs(page.closing.paragraphs)}`,
  ].filter(Boolean);
  console.log(`${older ? "Replaced" : "Written"}: ${path}`);
  for (const line of found) console.log(`  ${line}`);
  console.log(`A running site shows it within a second, at /articles/${slug}`);
}

function paragraphs({ length }: string[]): string {
  return length === 1 ? "1 paragraph" : `${length} paragraphs`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
