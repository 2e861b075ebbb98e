// Keeps readers' pages in memory as Next drew them, until the appeal or an article changes. Each page is drawn for a request of our own,
// which says nothing about a reader, so every reader gets the same bytes. Their script and styles are kept too, for brotli: Next knows
// only gzip.
import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { languageOfRequest } from "../../asked-language";
import { log } from "../../log";
import type { AnswerTerms } from "./answer-headers";
import { errorWithoutMessage } from "./console-log";
import { type Drawn, drawByNext } from "./draw-by-next";
import { isKeepableMissingPage, isKeepablePage, type KeptPage, keepPage, sendPage } from "./kept-page";
import { isInOtherLanguage } from "./other-language";
import { isOwnScript, SCRIPT_FILE } from "./reader-script";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type LivePages = {
  isLive: (request: Pick<IncomingMessage, "method" | "url">) => boolean;
  answer: Handler;
  /** Answers with the kept page of this path and returns true, or returns false if the answer has to wait for something. */
  answerAtOnce: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
};

/**
 * Each key changes with everything that pages of its kind show: the articles; the appeal as well; the ticker of the appeal's goal as
 * well, which changes every half minute.
 */
export type LiveKeys = { articles: string; appeal: string; ticker: string };

export type LivePagesTerms = AnswerTerms & {
  answerPage: Handler;
  liveKeys: () => Promise<LiveKeys>;
  hasArticle: (slug: string) => boolean;
};

/** The pages that show an appeal or articles. An address that is spelt in another way goes to Next, which redirects or refuses. */
const LIVE = /^\/(?:$|quiet$|about-your-gift$|banner-manners$|feed\.xml$|sitemap\.xml$|articles\/[a-z0-9-]+$)/;
/** The paths of kept pages in the other languages that the site offers. */
const LIVE_IN_LANGUAGE = /^\/([^/]+)(?:$|\/quiet$|\/about-your-gift$|\/banner-manners$|\/feed\.xml$)/;
/** Files of the build, which never change while the site runs. */
const STYLES = /^\/_next\/static\/[\w/-]+\.css$/;
const BUILT = "built";
const LISTS_ARTICLES = /\/(?:feed|sitemap)\.xml$/;
const ARTICLE = "/articles/";
/** With a language behind it, stands for every article that does not exist, so that a stranger who asks for a million of them fills no memory. */
const NO_ARTICLE = `${ARTICLE}-`;
const MOST_BYTES = 64 * 1024 * 1024;
/** How long an answer of liveKeys() counts. A promise for each request would cost more than the rest of the answer. */
const KEY_FOR_MS = 50;

export function newLivePages(terms: LivePagesTerms): LivePages {
  const pages = new LRUCache<string, KeptPage>({ maxSize: MOST_BYTES, sizeCalculation: ({ bytes }) => bytes });
  const drawing = new Map<string, Promise<KeptPage | Drawn>>();
  let latest = { keys: { articles: "", appeal: "", ticker: "" }, atMs: Number.NEGATIVE_INFINITY };

  async function find(asked: string, language: string): Promise<KeptPage | Drawn> {
    const keys = await terms.liveKeys();
    latest = { keys, atMs: performance.now() };
    const path = isUnknown(asked) ? NO_ARTICLE + language : asked;
    if (path !== asked) pages.delete(asked);
    const key = keyOf(path, keys);
    const known = pages.get(path);
    if (known?.key === key) return known;
    const name = `${key} ${path}`;
    const own = drawing.get(name) ?? draw({ path, key }).finally(() => drawing.delete(name));
    drawing.set(name, own);
    return own;
  }

  function isUnknown(path: string): boolean {
    return path.startsWith(ARTICLE) && !terms.hasArticle(path.slice(ARTICLE.length));
  }

  /** If Next fails, readers get the last drawn page, and the next request tries again. */
  async function draw({ path, key }: { path: string; key: string }): Promise<KeptPage | Drawn> {
    const last = pages.get(path);
    const file = isScript(path) ? SCRIPT_FILE : path;
    const drawn = await drawByNext(terms.answerPage, { path: file, headers: languageHeader(path) }).catch(
      (error: unknown) => {
        if (!last) throw error;
        log.error({ error: errorWithoutMessage(error) }, "a page could not be drawn again");
        return last;
      },
    );
    if ("key" in drawn) return drawn;
    if (last && drawn.status >= 500) return last;
    if (!isKeepablePage(drawn) && !(path.startsWith(NO_ARTICLE) && isKeepableMissingPage(drawn))) {
      // A page that was withdrawn does not come back when Next fails later.
      if (drawn.status < 500) pages.delete(path);
      return drawn;
    }
    const page = await keepPage(drawn, { key, path, terms, isForEver: key === BUILT });
    pages.set(path, page);
    return page;
  }

  function isScript(path: string): boolean {
    return isOwnScript(path, terms.scriptVersion);
  }

  function keyOf(path: string, keys: LiveKeys): string {
    return STYLES.test(path) || isScript(path) ? BUILT : keys[kindOf(path)];
  }

  return {
    isLive: ({ method, url = "" }) =>
      isRead(method) &&
      (LIVE.test(url) || isInOtherLanguage(LIVE_IN_LANGUAGE, url) || STYLES.test(url) || isScript(url)),
    async answer(request, response) {
      const found = await find(request.url ?? "", languageOfRequest(request));
      if ("key" in found) sendPage(request, response, found);
      else sendDrawn(response, found);
    },
    answerAtOnce(request, response, path) {
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

/** Only the page of a missing article depends on its reader, by one of the site's languages. */
function languageHeader(path: string): Record<string, string> {
  return path.startsWith(NO_ARTICLE) ? { "accept-language": path.slice(NO_ARTICLE.length) } : {};
}

function kindOf(path: string): keyof LiveKeys {
  if (path.startsWith(ARTICLE)) return "ticker";
  return LISTS_ARTICLES.test(path) ? "articles" : "appeal";
}

function isRead(method: string | undefined): boolean {
  return method === "GET" || method === "HEAD";
}

function sendDrawn(response: ServerResponse, { status, headers, body }: Drawn): void {
  response.writeHead(status, headers);
  response.end(body);
}
