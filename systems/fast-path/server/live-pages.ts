// Keeps readers' pages in memory as Next drew them, until the appeal or the articles in them change. Each page is drawn for a request of ours that says
// nothing about a reader, so every reader gets the same bytes.
import "server-only";
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { log } from "../../log";
import { errorWithoutMessage } from "./console-log";
import { type Coding, codingOf } from "./content-coding";
import { type Drawn, drawByNext } from "./draw-by-next";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A drawn page. `key`: the appeal and the articles of that time. */
type Page = { key: string; headers: Record<string, string>; tag: string; bodies: Record<Coding, Buffer> };

export type LivePages = {
  isLive: (request: Pick<IncomingMessage, "method" | "url">) => boolean;
  answer: Handler;
};

/** The pages that show an appeal or articles. An address that is spelt in another way goes to Next, which redirects or refuses. */
const LIVE = /^\/(?:$|quiet$|banner-manners$|feed\.xml$|sitemap\.xml$|articles\/[a-z0-9-]+$)/;
const MOST_BYTES = 64 * 1024 * 1024;
const KEPT_HEADERS = ["content-type", "cache-control"];
const zip = promisify(gzip);
const brotli = promisify(brotliCompress);
/** A higher level is many times slower, and the first reader of a drawing waits for it. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** `liveKey`: changes with the appeal and the articles that readers see. */
export function newLivePages({
  answerPage,
  liveKey,
}: {
  answerPage: Handler;
  liveKey: () => Promise<string>;
}): LivePages {
  const pages = new LRUCache<string, Page>({ maxSize: MOST_BYTES, sizeCalculation: sizeOf });
  const drawing = new Map<string, Promise<Page | Drawn>>();

  async function find(path: string): Promise<Page | Drawn> {
    const key = await liveKey();
    const known = pages.get(path);
    if (known?.key === key) return known;
    const name = `${key} ${path}`;
    const own = drawing.get(name) ?? draw({ path, key }).finally(() => drawing.delete(name));
    drawing.set(name, own);
    return own;
  }

  /** Where Next fails, readers get the page as it was last drawn, and the next request tries again. */
  async function draw({ path, key }: { path: string; key: string }): Promise<Page | Drawn> {
    const last = pages.get(path);
    const drawn = await drawByNext(answerPage, { path }).catch((error: unknown) => {
      if (!last) throw error;
      log.error({ error: errorWithoutMessage(error) }, "a page could not be drawn again");
      return last;
    });
    if (!("status" in drawn)) return drawn;
    if (last && drawn.status >= 500) return last;
    if (!isPage(drawn)) return drawn;
    const page = await pageOf(drawn, key);
    pages.set(path, page);
    return page;
  }

  return {
    isLive: ({ method, url = "" }) => (method === "GET" || method === "HEAD") && LIVE.test(url),
    async answer(request, response) {
      const found = await find(request.url ?? "");
      if ("status" in found) sendDrawn(response, found);
      else sendPage(request, response, found);
    },
  };
}

/** Any other answer of Next's is for one request only, and is cached as the site's rules say for any other. */
function isPage({ status, headers }: Drawn): boolean {
  return status === 200 && headers["set-cookie"] === undefined && /\bpublic\b/.test(headers["cache-control"] ?? "");
}

async function pageOf({ headers, body }: Drawn, key: string): Promise<Page> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.includes(name));
  const tag = createHash("sha256").update(body).digest("base64url").slice(0, 27);
  const [gzipped, br] = await Promise.all([zip(body), brotli(body, BROTLI)]);
  return { key, headers: Object.fromEntries(kept), tag, bodies: { identity: body, gzip: gzipped, br } };
}

function sendPage({ method, headers }: IncomingMessage, response: ServerResponse, page: Page): void {
  const coding = codingOf(headers["accept-encoding"]?.toString());
  const etag = `"${page.tag}-${coding}"`;
  const common = { ...page.headers, ETag: etag, Vary: "Accept-Encoding" };
  if (hasTag(headers["if-none-match"], etag)) {
    response.writeHead(304, common).end();
    return;
  }
  const body = page.bodies[coding];
  const coded: Record<string, string> = coding === "identity" ? {} : { "Content-Encoding": coding };
  response.writeHead(200, { ...common, ...coded, "Content-Length": body.length });
  response.end(method === "HEAD" ? undefined : body);
}

/** A cache between may have made the tag weak. */
function hasTag(asked: string | undefined, etag: string): boolean {
  return asked?.split(",").some((each) => ["*", etag, `W/${etag}`].includes(each.trim())) ?? false;
}

function sendDrawn(response: ServerResponse, { status, headers, body }: Drawn): void {
  response.writeHead(status, headers);
  response.end(body);
}

function sizeOf({ bodies }: Page): number {
  return bodies.identity.length + bodies.gzip.length + bodies.br.length;
}
