// Cached pages. Their headers are prepared, so that sending a page allocates almost nothing.
import "server-only";
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import {
  cacheControlOf,
  defaultHeaders,
  fileHeaders,
  needsFileHeadersInsteadOfDefault,
  type ResponseHeaderOptions,
} from "./answer-headers";
import { type ContentCoding, chooseContentCoding } from "./content-coding";
import { type CachedResponse, sendInOneWrite } from "./one-write";
import type { RenderedPage } from "./render-by-next";

/**
 * A page in one content coding. In the lists of headers, names and values alternate, because Node can write this form
 * without copying it.
 */
type Coded = CachedResponse & { etag: string; notModifiedHeaders: string[] };

/**
 * `key`: the cache key at the time of rendering (see CacheKeyPerPageKind). The key of a page changes when the appeal or
 * the articles change. The key of a file of the build never changes.
 */
export type CachedPage = { key: string; bytes: number; status: 200 | 404 } & Record<ContentCoding, Coded>;

const zip = promisify(gzip);
const brotli = promisify(brotliCompress);
/**
 * The brotli level of pages. A higher level is many times slower, and the first reader of a newly rendered page waits
 * for the compression.
 */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
/** The brotli level of the build's files, each of which is compressed only once. */
const BEST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

type Terms = { key: string; path: string; terms: ResponseHeaderOptions; isForEver: boolean };

/**
 * Compresses a page that passes `isCacheablePage` or `isCacheableMissingPage`, and prepares its headers. The headers of
 * a missing page forbid other caches to store it.
 */
export async function toCachedPage(
  { status: renderedStatus, headers, body }: RenderedPage,
  { key, path, terms, isForEver }: Terms,
): Promise<CachedPage> {
  const status = renderedStatus === 404 ? 404 : 200;
  const cacheControl = cacheControlOf(
    { method: "GET", path, status, cacheControl: headers["cache-control"], setsCookie: false },
    terms,
  );
  const { "content-type": contentType, "content-security-policy": policy } = headers;
  const isFile = needsFileHeadersInsteadOfDefault({ contentType, policy }, terms);
  const common = [
    ...(isFile ? fileHeaders() : defaultHeaders(terms)).flat(),
    ...["Cache-Control", cacheControl, "Vary", "Accept-Encoding"],
    ...(contentType ? ["Content-Type", contentType] : []),
  ];
  const tag = createHash("sha256").update(body).digest("base64url").slice(0, 27);
  const codedAs = (coding: ContentCoding, bytes: Buffer): Coded => {
    const etag = `"${tag}-${coding}"`;
    const notModifiedHeaders = [...common, "ETag", etag];
    const encoding = coding === "identity" ? [] : ["Content-Encoding", coding];
    const length = ["Content-Length", String(bytes.length)];
    return { etag, body: bytes, headers: [...notModifiedHeaders, ...encoding, ...length], notModifiedHeaders };
  };
  const [gzipped, br] = await Promise.all([
    zip(body, { level: constants.Z_BEST_COMPRESSION }),
    brotli(body, isForEver ? BEST_BROTLI : BROTLI),
  ]);
  return {
    key,
    status,
    bytes: body.length + gzipped.length + br.length,
    identity: codedAs("identity", body),
    gzip: codedAs("gzip", gzipped),
    br: codedAs("br", br),
  };
}

/**
 * Returns true for a page that Next marks as `public` and that sets no cookie. Any other response can be meant for one
 * reader only.
 */
export function isCacheablePage({ status, headers }: RenderedPage): boolean {
  return status === 200 && headers["set-cookie"] === undefined && /\bpublic\b/.test(headers["cache-control"] ?? "");
}

/**
 * Returns true for a 404 that is the same for all readers. A page whose Content-Security-Policy has a nonce cannot be
 * reused, because a nonce is for one response only.
 */
export function isCacheableMissingPage({ status, headers }: RenderedPage): boolean {
  const policy = headers["content-security-policy"] ?? "";
  return status === 404 && headers["set-cookie"] === undefined && !policy.includes("'nonce-");
}

export function sendPage({ method, headers }: IncomingMessage, response: ServerResponse, page: CachedPage): void {
  const coded = page[chooseContentCoding(headers["accept-encoding"]?.toString())];
  if (page.status === 200 && hasTag(headers["if-none-match"], coded.etag)) {
    response.writeHead(304, coded.notModifiedHeaders).end();
    return;
  }
  if (page.status === 200 && method === "GET") sendInOneWrite(response, coded);
  else response.writeHead(page.status, coded.headers).end(method === "HEAD" ? undefined : coded.body);
}

/**
 * Returns true if the reader has the current copy. Also accepts the weak form of the tag (`W/`), because a cache
 * between the site and the reader can weaken a tag.
 */
function hasTag(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(",").some((each) => ["*", etag, `W/${etag}`].includes(each.trim())) ?? false;
}
