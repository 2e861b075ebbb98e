// Keeps readers' pages in memory as Next drew them, until the appeal or an article changes. Each page is drawn for a request of our own,
// which says nothing about a reader, so every reader gets the same bytes.
import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { publication } from "../../../publication";
import { languageOfRequest } from "../../asked-language";
import { log } from "../../log";
import type { AnswerTerms } from "./answer-headers";
import { errorWithoutMessage } from "./console-log";
import { type Drawn, drawByNext } from "./draw-by-next";
import { isPage, type KeptPage, keepPage, sendPage } from "./kept-page";
import { isInOtherLanguage } from "./other-language";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type LivePages = {
  isLive: (request: Pick<IncomingMessage, "method" | "url">) => boolean;
  answer: Handler;
  /** Answers with the kept page of this path and returns true, or returns false if the answer has to wait for something. */
  answerAtOnce: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
};

/** `liveKey`: changes with the appeal and the articles that readers see. */
export type LivePagesTerms = AnswerTerms & { answerPage: Handler; liveKey: () => Promise<string> };

/** The pages that show an appeal or articles. An address that is spelt in another way goes to Next, which redirects or refuses. */
const LIVE = /^\/(?:$|quiet$|about-your-gift$|banner-manners$|feed\.xml$|sitemap\.xml$|articles\/[a-z0-9-]+$)/;
/** The same in the other languages that the site offers, each under its own path. */
const LIVE_IN_LANGUAGE = /^\/([^/]+)(?:$|\/quiet$|\/about-your-gift$|\/banner-manners$|\/feed\.xml$)/;
const MOST_BYTES = 64 * 1024 * 1024;
/** How long an answer of liveKey() counts. A promise for each request would cost more than the rest of the answer. */
const KEY_FOR_MS = 50;

export function newLivePages(terms: LivePagesTerms): LivePages {
  const pages = new LRUCache<string, KeptPage>({ maxSize: MOST_BYTES, sizeCalculation: ({ bytes }) => bytes });
  const drawing = new Map<string, Promise<KeptPage | Drawn>>();
  let latest = { key: "", atMs: Number.NEGATIVE_INFINITY };

  async function find(path: string): Promise<KeptPage | Drawn> {
    const key = await terms.liveKey();
    latest = { key, atMs: performance.now() };
    const known = pages.get(path);
    if (known?.key === key) return known;
    const name = `${key} ${path}`;
    const own = drawing.get(name) ?? draw({ path, key }).finally(() => drawing.delete(name));
    drawing.set(name, own);
    return own;
  }

  /** If Next fails, readers get the last drawn page, and the next request tries again. */
  async function draw({ path, key }: { path: string; key: string }): Promise<KeptPage | Drawn> {
    const last = pages.get(path);
    const drawn = await drawByNext(terms.answerPage, { path }).catch((error: unknown) => {
      if (!last) throw error;
      log.error({ error: errorWithoutMessage(error) }, "a page could not be drawn again");
      return last;
    });
    if (!("status" in drawn)) return drawn;
    if (last && drawn.status >= 500) return last;
    if (!isPage(drawn)) {
      // A page that was withdrawn does not come back when Next fails later.
      if (drawn.status < 500) pages.delete(path);
      return drawn;
    }
    const page = await keepPage(drawn, { key, path, terms });
    pages.set(path, page);
    return page;
  }

  /** A missing page speaks the reader's language. No cache keeps it, so Next may draw it for this request. */
  async function answerWithout(drawn: Drawn, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (drawn.status === 404 && languageOfRequest(request) !== publication.defaultLanguage)
      return terms.answerPage(request, response);
    sendDrawn(response, drawn);
  }

  return {
    isLive: ({ method, url = "" }) => isRead(method) && (LIVE.test(url) || isInOtherLanguage(LIVE_IN_LANGUAGE, url)),
    async answer(request, response) {
      const found = await find(request.url ?? "");
      if ("status" in found) await answerWithout(found, request, response);
      else sendPage(request, response, found);
    },
    answerAtOnce(request, response, path) {
      if (!isRead(request.method)) return false;
      const page = pages.get(path);
      if (page?.key !== latest.key || performance.now() - latest.atMs >= KEY_FOR_MS) return false;
      sendPage(request, response, page);
      return true;
    },
  };
}

function isRead(method: string | undefined): boolean {
  return method === "GET" || method === "HEAD";
}

function sendDrawn(response: ServerResponse, { status, headers, body }: Drawn): void {
  response.writeHead(status, headers);
  response.end(body);
}
