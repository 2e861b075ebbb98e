// The articles of a folder, as they were last read. If a file becomes invalid, its last valid article stays in use, and
// other files are not affected.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Article, articlesById, compareByNewest } from "../../domain/articles/article";
import { log } from "../log";
import { idTakenMessage, isInOfferedLanguage, parseArticle } from "./article-files";
import { type FileStamp, JUST_WRITTEN_FILE_STAMP } from "./file-stamp";

type KnownFile = {
  stamp: FileStamp;
  digest: string;
  /** The article that was read when the file was last valid. Null if the file has never been valid. */
  article: Article | null;
  problem: string | null;
};

export type KnownArticles = {
  folder: string;
  files: Map<string, KnownFile>;
  /** Newest first. */
  articles: Article[];
  bySlug: Map<string, Article>;
  byId: Map<string, Article>;
  /**
   * The articles that have the same id as an article published earlier. Maps the slug of each to the slug of that
   * earlier article.
   */
  duplicates: Map<string, string>;
  /** A number that increases with every change of the articles. */
  changeNumber: number;
};

export function createEmptyKnownArticles(folder: string): KnownArticles {
  return {
    folder,
    files: new Map(),
    articles: [],
    bySlug: new Map(),
    byId: new Map(),
    duplicates: new Map(),
    changeNumber: 0,
  };
}

/** `stamp` is null for a file that no longer exists. */
export type FileNameAndStamp = { name: string; stamp: FileStamp | null };
/** A file that must be read again. `text` returns its content, and throws if the file cannot be read. */
export type FileToRead = { name: string; stamp: FileStamp; text: () => string };

/**
 * Returns the files that must be read again: new files, changed files, and files that were invalid when last read.
 * Includes just-written files, because another write could leave their stamp unchanged.
 */
export function filesToReadAgain(
  known: KnownArticles,
  stamps: readonly FileNameAndStamp[],
): { name: string; stamp: FileStamp }[] {
  return stamps.flatMap(({ name, stamp }) => {
    const last = known.files.get(name);
    const isKnown = last?.stamp === stamp && stamp !== JUST_WRITTEN_FILE_STAMP && last?.problem === null;
    return stamp === null || isKnown ? [] : [{ name, stamp }];
  });
}

export function applyFileChangesToKnownArticles(
  known: KnownArticles,
  { stamps, read }: { stamps: readonly FileNameAndStamp[]; read: FileToRead[] },
) {
  let hasChanged = false;
  for (const { name, stamp } of stamps) if (stamp === null) hasChanged = known.files.delete(name) || hasChanged;
  for (const file of read) hasChanged = takeFile(known, file) || hasChanged;
  if (hasChanged) listAgain(known);
}

function takeFile(known: KnownArticles, { name, stamp, text }: FileToRead): boolean {
  const last = known.files.get(name);
  const found = tryParse(known, { name, text });
  const article = found.article ?? last?.article ?? null;
  known.files.set(name, { ...found, stamp, article });
  if (found.problem !== null && found.problem !== last?.problem)
    log.error(
      { file: name, problem: found.problem, kept: article !== null },
      "an article's file is invalid and is not used",
    );
  return article !== null && (found.digest !== last?.digest || article !== last.article);
}

function tryParse(
  known: KnownArticles,
  { name, text: readText }: Pick<FileToRead, "name" | "text">,
): Omit<KnownFile, "stamp"> {
  const path = join(known.folder, name);
  let digest = "";
  try {
    const text = readText();
    digest = createHash("sha256").update(text).digest("base64url");
    const last = known.files.get(name);
    if (last?.article && last.problem === null && last.digest === digest) return last;
    const article = parseArticle(text, path);
    return { digest, article, problem: null };
  } catch (error) {
    return { digest, article: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function listAgain(known: KnownArticles): void {
  const all = [...known.files.values()].flatMap(({ article }) => article ?? []);
  const owners = articlesById(all);
  updateDuplicates(known, { all, owners });
  known.articles = all
    .flatMap((article) => (owners.get(article.id) === article ? article : (lastOwn(known, { article, owners }) ?? [])))
    .filter(isInOfferedLanguage)
    .sort(compareByNewest);
  known.bySlug = new Map(known.articles.map((article) => [article.slug, article]));
  known.byId = new Map(known.articles.map((article) => [article.id, article]));
  known.changeNumber += 1;
}

type Owners = Map<string, Article>;

function updateDuplicates(known: KnownArticles, { all, owners }: { all: Article[]; owners: Owners }): void {
  const duplicates = new Map<string, string>();
  for (const { id, slug } of all) {
    const owner = owners.get(id)?.slug ?? slug;
    if (owner === slug) continue;
    duplicates.set(slug, owner);
    if (known.duplicates.get(slug) === owner) continue;
    log.error(
      { file: `${slug}.md`, problem: idTakenMessage(id, owner) },
      "an article's file is invalid and is not used",
    );
  }
  known.duplicates = duplicates;
}

/**
 * Returns the article that the site last listed for this file. Returns undefined if the site has listed no article for
 * the file, or if another file now has that article's id.
 */
function lastOwn(known: KnownArticles, { article, owners }: { article: Article; owners: Owners }): Article | undefined {
  const last = known.bySlug.get(article.slug);
  return last && !owners.has(last.id) ? last : undefined;
}
