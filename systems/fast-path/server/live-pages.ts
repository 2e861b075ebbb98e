// Keeps readers' pages in memory as Next drew them, until the appeal in them changes. Each page is drawn for a request of ours that says
// nothing about a reader, so every reader gets the same bytes.
import "server-only";
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { type Drawn, drawByNext } from "./draw-by-next";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A drawn page. `key`: the appeal that was live. */
type Page = { key: string; headers: Record<string, string>; etag: string; plain: Buffer; zipped: Buffer };

export type LivePages = {
  isLive: (request: Pick<IncomingMessage, "method" | "url">) => boolean;
  answer: Handler;
};

/** The pages with an appeal in them. An address that is spelt in another way goes to Next, which redirects or refuses. */
const LIVE = /^\/(?:$|quiet$|articles\/[a-z0-9-]+$)/;
const MOST_BYTES = 64 * 1024 * 1024;
const KEPT_HEADERS = ["content-type", "cache-control"];
const zip = promisify(gzip);

/** `liveKey`: changes with the appeal that readers see. */
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

  async function draw({ path, key }: { path: string; key: string }): Promise<Page | Drawn> {
    const drawn = await drawByNext(answerPage, { path });
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

/** What Next answers otherwise is for one request only, and the caching of it is decided as for any other. */
function isPage({ status, headers }: Drawn): boolean {
  return status === 200 && headers["set-cookie"] === undefined && /\bpublic\b/.test(headers["cache-control"] ?? "");
}

async function pageOf({ headers, body }: Drawn, key: string): Promise<Page> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.includes(name));
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  return { key, headers: Object.fromEntries(kept), etag, plain: body, zipped: await zip(body) };
}

function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { headers } = request;
  const common = { ...page.headers, ETag: page.etag, Vary: "Accept-Encoding" };
  if (hasTag(headers["if-none-match"], page.etag)) {
    response.writeHead(304, common).end();
    return;
  }
  const isZipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers["accept-encoding"] ?? ""));
  const body = isZipped ? page.zipped : page.plain;
  const coding: Record<string, string> = isZipped ? { "Content-Encoding": "gzip" } : {};
  response.writeHead(200, { ...common, ...coding, "Content-Length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}

function hasTag(asked: string | undefined, etag: string): boolean {
  return asked?.split(",").some((each) => each.trim() === etag || each.trim() === "*") ?? false;
}

function sendDrawn(response: ServerResponse, { status, headers, body }: Drawn): void {
  response.writeHead(status, headers);
  response.end(body);
}

function sizeOf({ plain, zipped }: Page): number {
  return plain.length + zipped.length;
}
