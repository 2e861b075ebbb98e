// Caches reader pages. Each page is rendered for an internal request that contains nothing about a reader. The script
// and styles are also cached here, because Next does not offer brotli.
import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { log } from "../../log";
import { languageOfNodeRequest } from "../../requested-language";
import type { ResponseHeaderOptions } from "./answer-headers";
import { type CachedPage, isCacheableMissingPage, isCacheablePage, sendPage, toCachedPage } from "./cached-page";
import { formatErrorWithoutMessage } from "./console-log";
import { isInNonDefaultLanguage } from "./non-default-language";
import { isCurrentReaderScript, READER_SCRIPT_PATH } from "./reader-script";
import { type RenderedPage, renderByNext } from "./render-by-next";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type PageCache = {
  isCacheable: (request: Pick<IncomingMessage, "method" | "url">) => boolean;
  answer: Handler;
  /**
   * Returns false, and sends nothing, if the method is not GET or HEAD, or if the cache has no current copy of this
   * path.
   */
  answerFromCache: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
};

/**
 * The cache keys of three kinds of pages. `articleLists`: the feed and the sitemap, which show only articles.
 * `articlePages`: the article pages, which also show the appeal and the progress of its goal. `appeal`: every other
 * page.
 */
export type CacheKeyPerPageKind = { articleLists: string; appeal: string; articlePages: string };

export type PageCacheDependencies = ResponseHeaderOptions & {
  answerPage: Handler;
  cacheKeys: () => Promise<CacheKeyPerPageKind>;
  hasArticle: (slug: string) => boolean;
};

/**
 * The paths of pages that show an appeal or articles. A path in another spelling goes to Next, which redirects or
 * refuses it.
 */
const LIVE = /^\/(?:$|quiet$|about-your-gift$|banner-manners$|feed\.xml$|sitemap\.xml$|articles\/[a-z0-9-]+$)/;
/** Like LIVE, for paths that begin with a language other than the default. Leaves out the articles and the sitemap. */
const LIVE_IN_LANGUAGE = /^\/([^/]+)(?:$|\/quiet$|\/about-your-gift$|\/banner-manners$|\/feed\.xml$)/;
const STYLES = /^\/_next\/static\/[\w/-]+\.css$/;
const BUILT = "built";
const LISTS_ARTICLES = /\/(?:feed|sitemap)\.xml$/;
const ARTICLE = "/articles/";
/**
 * The cache path of a missing article; the reader's language is appended to it. All missing articles share it, so a
 * million requests for different ones do not fill the memory.
 */
const NO_ARTICLE = `${ARTICLE}-`;
const MAX_BYTES = 64 * 1024 * 1024;
/**
 * How long the result of `cacheKeys` is reused. To await it for each request would cost more than the rest of the
 * response.
 */
const KEY_FOR_MS = 50;

export function newPageCache(terms: PageCacheDependencies): PageCache {
  const pages = new LRUCache<string, CachedPage>({ maxSize: MAX_BYTES, sizeCalculation: ({ bytes }) => bytes });
  const rendering = new Map<string, Promise<CachedPage | RenderedPage>>();
  let latest = { keys: { articleLists: "", appeal: "", articlePages: "" }, atMs: Number.NEGATIVE_INFINITY };

  async function find(requestedPath: string, language: string): Promise<CachedPage | RenderedPage> {
    const keys = await terms.cacheKeys();
    latest = { keys, atMs: performance.now() };
    const path = isUnknown(requestedPath) ? NO_ARTICLE + language : requestedPath;
    if (path !== requestedPath) pages.delete(requestedPath);
    const key = keyOf(path, keys);
    const cached = pages.get(path);
    if (cached?.key === key) return cached;
    const name = `${key} ${path}`;
    const own = rendering.get(name) ?? render({ path, key }).finally(() => rendering.delete(name));
    rendering.set(name, own);
    return own;
  }

  function isUnknown(path: string): boolean {
    return path.startsWith(ARTICLE) && !terms.hasArticle(path.slice(ARTICLE.length));
  }

  /**
   * Renders a page and stores it in the cache if it is cacheable. If Next fails but the cache has an older copy of the
   * page, returns that copy. The next request then tries to render the page again.
   */
  async function render({ path, key }: { path: string; key: string }): Promise<CachedPage | RenderedPage> {
    const last = pages.get(path);
    const file = isScript(path) ? READER_SCRIPT_PATH : path;
    const rendered = await renderByNext(terms.answerPage, { path: file, headers: languageHeader(path) }).catch(
      (error: unknown) => {
        if (!last) throw error;
        log.error(
          { error: formatErrorWithoutMessage(error) },
          "a page could not be rendered again; readers get the previous one",
        );
        return last;
      },
    );
    if ("key" in rendered) return rendered;
    if (last && rendered.status >= 500) return last;
    if (!isCacheablePage(rendered) && !(path.startsWith(NO_ARTICLE) && isCacheableMissingPage(rendered))) {
      // The page must no longer be cached, for example because it was removed. Deletes its old copy, so that readers do
      // not get that copy if Next fails later.
      if (rendered.status < 500) pages.delete(path);
      return rendered;
    }
    const page = await toCachedPage(rendered, { key, path, terms, isForEver: key === BUILT });
    pages.set(path, page);
    return page;
  }

  function isScript(path: string): boolean {
    return isCurrentReaderScript(path, terms.scriptVersion);
  }

  function keyOf(path: string, keys: CacheKeyPerPageKind): string {
    return STYLES.test(path) || isScript(path) ? BUILT : keys[kindOf(path)];
  }

  return {
    isCacheable: ({ method, url = "" }) =>
      isRead(method) &&
      (LIVE.test(url) || isInNonDefaultLanguage(LIVE_IN_LANGUAGE, url) || STYLES.test(url) || isScript(url)),
    async answer(request, response) {
      const found = await find(request.url ?? "", languageOfNodeRequest(request));
      if ("key" in found) sendPage(request, response, found);
      else sendRenderedPage(response, found);
    },
    answerFromCache(request, response, path) {
      if (!isRead(request.method)) return false;
      const page = pages.get(path);
      if (!page) return false;
      const isNew = page.key === BUILT || performance.now() - latest.atMs < KEY_FOR_MS;
      if (!isNew || page.key !== keyOf(path, latest.keys)) return false;
      sendPage(request, response, page);
      return true;
    },
  };
}

/**
 * Returns the request headers with which a page is rendered. The page for a missing article depends on the reader's
 * language. All other pages depend only on their path, and so get no header.
 */
function languageHeader(path: string): Record<string, string> {
  return path.startsWith(NO_ARTICLE) ? { "accept-language": path.slice(NO_ARTICLE.length) } : {};
}

function kindOf(path: string): keyof CacheKeyPerPageKind {
  if (path.startsWith(ARTICLE)) return "articlePages";
  return LISTS_ARTICLES.test(path) ? "articleLists" : "appeal";
}

function isRead(method: string | undefined): boolean {
  return method === "GET" || method === "HEAD";
}

function sendRenderedPage(response: ServerResponse, { status, headers, body }: RenderedPage): void {
  response.writeHead(status, headers);
  response.end(body);
}
