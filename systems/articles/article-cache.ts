// Reads the articles while the site runs, so that a change shows without a build.
import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isContentFile } from "../front-matter";
import { keepFresh, type RefreshState } from "../keep-fresh";
import { log, redactError } from "../log";
import { runtime } from "../runtime";
import { articlesFolder } from "./article-files";
import { type FileStamp, findFileStamp, findFileStampSync, JUST_WRITTEN_STAMP } from "./file-stamp";
import {
  applyChanges,
  changedFiles,
  type FileToRead,
  type KnownArticles,
  noArticles,
  type StampedFile,
} from "./known-files";

/** Writing a file in place does not change the folder's time, so each refresh also checks this many files. */
const CHECKED_PER_REFRESH = 64;

export type ArticleCache = KnownArticles & RefreshState & { folderStamp: FileStamp | null; nextToCheck: number };

export function getKnownArticles(): KnownArticles {
  const shelf = open();
  if (process.env.NODE_ENV === "development") refreshAtOnce(shelf);
  else void keepFresh(shelf, freshness(shelf));
  return shelf;
}

/** Returns a key that changes with the articles. If the last refresh is too old, waits a short time for a new one. */
export async function articlesCacheKey(): Promise<string> {
  const shelf = open();
  await keepFresh(shelf, freshness(shelf));
  return String(shelf.changeNumber);
}

function open(): ArticleCache {
  const folder = articlesFolder();
  if (runtime.articles?.folder === folder) return runtime.articles;
  const shelf: ArticleCache = {
    ...noArticles(folder),
    ...{ folderStamp: null, nextToCheck: 0, refreshedAtMs: performance.now(), isUnavailable: false },
  };
  runtime.articles = shelf;
  refreshAtOnce(shelf);
  return shelf;
}

/** Refreshes synchronously: when no article is known yet, and in development. */
function refreshAtOnce(shelf: ArticleCache): void {
  try {
    const names = fileNames(readdirSync(shelf.folder));
    const pathOf = (name: string) => join(shelf.folder, name);
    const stamps = withGone(shelf, names).map((name) => ({ name, stamp: findFileStampSync(pathOf(name)) }));
    const read = changedFiles(shelf, stamps).map(({ name, stamp }) => ({
      ...{ name, stamp },
      text: () => readFileSync(pathOf(name), "utf8"),
    }));
    applyChanges(shelf, { stamps, read });
  } catch (error) {
    log.error({ error: redactError(error) }, "the articles' folder cannot be read");
  }
}

function freshness(shelf: ArticleCache) {
  return {
    refresh: () => refresh(shelf),
    failureMessage: "the articles' folder is unavailable; readers get the articles that were read last",
  };
}

async function refresh(shelf: ArticleCache): Promise<void> {
  const folderStamp = await findFileStamp(shelf.folder);
  const isSame = folderStamp !== null && folderStamp !== JUST_WRITTEN_STAMP && folderStamp === shelf.folderStamp;
  const names = isSame ? nextInTurn(shelf) : withGone(shelf, fileNames(await readdir(shelf.folder)));
  const ask = async (name: string): Promise<StampedFile> => ({
    name,
    stamp: await findFileStamp(join(shelf.folder, name)),
  });
  const stamps = await Promise.all(names.map(ask));
  // Nobody deletes every article at once. If all checked articles have disappeared, the disk is unavailable.
  if (stamps.length > 0 && stamps.every(({ stamp }) => stamp === null))
    throw new Error("every article has disappeared from the folder");
  const read = await Promise.all(changedFiles(shelf, stamps).map((file) => readText(shelf.folder, file)));
  applyChanges(shelf, { stamps, read });
  shelf.folderStamp = folderStamp;
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

function nextInTurn(shelf: ArticleCache): string[] {
  const names = [...shelf.files.keys()];
  const first = shelf.nextToCheck < names.length ? shelf.nextToCheck : 0;
  shelf.nextToCheck = first + CHECKED_PER_REFRESH;
  return names.slice(first, shelf.nextToCheck);
}

/** Adds the files of the last refresh to `names`, so that a deleted file is noticed. */
function withGone({ files }: ArticleCache, names: string[]): string[] {
  return [...new Set([...names, ...files.keys()])];
}

function fileNames(entries: string[]): string[] {
  return entries.filter(isContentFile).sort();
}
