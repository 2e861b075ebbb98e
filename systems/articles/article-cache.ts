// Reads the articles while the site runs, so that the site shows a changed article without a new build.
import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isContentFile } from "../front-matter";
import { refreshCacheIfOld } from "../keep-fresh";
import { log, redactError } from "../log";
import { type ArticleCache, runtime } from "../runtime";
import { articlesFolder } from "./article-files";
import { findFileStamp, findFileStampSync, JUST_WRITTEN_FILE_STAMP } from "./file-stamp";
import {
  applyFileChangesToKnownArticles,
  createEmptyKnownArticles,
  type FileNameAndStamp,
  type FileToRead,
  filesToReadAgain,
  type KnownArticles,
} from "./known-files";

/**
 * How many known files a refresh checks even if the modification time of the folder has not changed. Overwriting a file
 * does not change that time.
 */
const CHECKED_PER_REFRESH = 64;

export function getCachedArticlesAndRefresh(): KnownArticles {
  const cache = open();
  if (process.env.NODE_ENV === "development") refreshAtOnce(cache);
  else void refreshCacheIfOld(cache, freshness(cache));
  return cache;
}

/** Returns a key that changes with the articles. If the last refresh is too old, waits a short time for a new one. */
export async function articlesCacheKey(): Promise<string> {
  const cache = open();
  await refreshCacheIfOld(cache, freshness(cache));
  return String(cache.changeNumber);
}

function open(): ArticleCache {
  const folder = articlesFolder();
  if (runtime.articles?.folder === folder) return runtime.articles;
  const cache: ArticleCache = {
    ...createEmptyKnownArticles(folder),
    ...{ folderStamp: null, nextToCheck: 0, refreshedAtMs: performance.now(), isUnavailable: false },
  };
  runtime.articles = cache;
  refreshAtOnce(cache);
  return cache;
}

/** Refreshes synchronously. Used when no article is known yet, and in development. */
function refreshAtOnce(cache: ArticleCache): void {
  try {
    const names = fileNames(readdirSync(cache.folder));
    const pathOf = (name: string) => join(cache.folder, name);
    const stamps = withGone(cache, names).map((name) => ({ name, stamp: findFileStampSync(pathOf(name)) }));
    const read = filesToReadAgain(cache, stamps).map(({ name, stamp }) => ({
      ...{ name, stamp },
      text: () => readFileSync(pathOf(name), "utf8"),
    }));
    applyFileChangesToKnownArticles(cache, { stamps, read });
  } catch (error) {
    log.error({ error: redactError(error) }, "the articles' folder cannot be read");
  }
}

function freshness(cache: ArticleCache) {
  return {
    refresh: () => refresh(cache),
    failureMessage: "the articles' folder is unavailable; readers get the articles that were read last",
  };
}

async function refresh(cache: ArticleCache): Promise<void> {
  const folderStamp = await findFileStamp(cache.folder);
  const isSame = folderStamp !== null && folderStamp !== JUST_WRITTEN_FILE_STAMP && folderStamp === cache.folderStamp;
  const names = isSame ? nextInTurn(cache) : withGone(cache, fileNames(await readdir(cache.folder)));
  const ask = async (name: string): Promise<FileNameAndStamp> => ({
    name,
    stamp: await findFileStamp(join(cache.folder, name)),
  });
  const stamps = await Promise.all(names.map(ask));
  // If all checked articles have disappeared, assumes that the disk is unavailable, because nobody deletes every
  // article at once.
  if (stamps.length > 0 && stamps.every(({ stamp }) => stamp === null))
    throw new Error("every article has disappeared from the folder");
  const read = await Promise.all(filesToReadAgain(cache, stamps).map((file) => readText(cache.folder, file)));
  applyFileChangesToKnownArticles(cache, { stamps, read });
  cache.folderStamp = folderStamp;
}

async function readText(folder: string, { name, stamp }: Pick<FileToRead, "name" | "stamp">): Promise<FileToRead> {
  try {
    const text = await readFile(join(folder, name), "utf8");
    return { name, stamp, text: () => text };
  } catch (error) {
    const text = () => {
      throw error;
    };
    return { name, stamp, text };
  }
}

function nextInTurn(cache: ArticleCache): string[] {
  const names = [...cache.files.keys()];
  const first = cache.nextToCheck < names.length ? cache.nextToCheck : 0;
  cache.nextToCheck = first + CHECKED_PER_REFRESH;
  return names.slice(first, cache.nextToCheck);
}

/** Returns the names of the files in the folder and of all known files. So a known file that was deleted is noticed. */
function withGone({ files }: ArticleCache, names: string[]): string[] {
  return [...new Set([...names, ...files.keys()])];
}

function fileNames(entries: string[]): string[] {
  return entries.filter(isContentFile).sort();
}
