// A reader's page in memory, in each content coding and with its headers ready, so that sending it allocates next to nothing.
import "server-only";
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type AnswerTerms, cacheControlOf, headersEverywhere } from "./answer-headers";
import { type Coding, codingOf } from "./content-coding";
import type { Drawn } from "./draw-by-next";
import { type Answer, sendInOneWrite } from "./one-write";

/** One coding of a page. The lists hold name, value, name, value …: the form that Node writes without a copy. */
type Coded = Answer & { etag: string; notModifiedHeaders: string[] };

/** `key`: the live key that it was drawn with. */
export type KeptPage = { key: string; bytes: number; status: 200 | 404 } & Record<Coding, Coded>;

const zip = promisify(gzip);
const brotli = promisify(brotliCompress);
/** For pages: a higher level is many times slower, and the first reader of a drawing waits for it. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
/** For a file of the build, which is compressed once. */
const BEST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

type Terms = { key: string; path: string; terms: AnswerTerms; isForEver: boolean };

/** `drawn`: an answer that isKeepablePage() or isKeepableMissingPage() accepts. No cache may store a missing page: it may be published tomorrow. */
export async function keepPage(
  { status: drawnStatus, headers, body }: Drawn,
  { key, path, terms, isForEver }: Terms,
): Promise<KeptPage> {
  const status = drawnStatus === 404 ? 404 : 200;
  const cacheControl = cacheControlOf(
    { method: "GET", path, status, cacheControl: headers["cache-control"], setsCookie: false },
    terms,
  );
  const common = [
    ...headersEverywhere(terms).flat(),
    ...["Cache-Control", cacheControl, "Vary", "Accept-Encoding"],
    ...(headers["content-type"] ? ["Content-Type", headers["content-type"]] : []),
  ];
  const tag = createHash("sha256").update(body).digest("base64url").slice(0, 27);
  const codedAs = (coding: Coding, bytes: Buffer): Coded => {
    const etag = `"${tag}-${coding}"`;
    const notModifiedHeaders = [...common, "ETag", etag];
    const encoding = coding === "identity" ? [] : ["Content-Encoding", coding];
    const length = ["Content-Length", String(bytes.length)];
    return { etag, body: bytes, headers: [...notModifiedHeaders, ...encoding, ...length], notModifiedHeaders };
  };
  const [gzipped, br] = await Promise.all([zip(body), brotli(body, isForEver ? BEST_BROTLI : BROTLI)]);
  return {
    key,
    status,
    bytes: body.length + gzipped.length + br.length,
    identity: codedAs("identity", body),
    gzip: codedAs("gzip", gzipped),
    br: codedAs("br", br),
  };
}

/** Only a public page that sets no cookie may be kept. Any other answer of Next's is for one request. */
export function isKeepablePage({ status, headers }: Drawn): boolean {
  return status === 200 && headers["set-cookie"] === undefined && /\bpublic\b/.test(headers["cache-control"] ?? "");
}

/** The answer for an unknown address may be kept if it says the same to everybody. A policy with a nonce is for one answer. */
export function isKeepableMissingPage({ status, headers }: Drawn): boolean {
  const policy = headers["content-security-policy"] ?? "";
  return status === 404 && headers["set-cookie"] === undefined && !policy.includes("'nonce-");
}

export function sendPage({ method, headers }: IncomingMessage, response: ServerResponse, page: KeptPage): void {
  const coded = page[codingOf(headers["accept-encoding"]?.toString())];
  if (page.status === 200 && hasTag(headers["if-none-match"], coded.etag)) {
    response.writeHead(304, coded.notModifiedHeaders).end();
    return;
  }
  if (page.status === 200 && method === "GET") sendInOneWrite(response, coded);
  else response.writeHead(page.status, coded.headers).end(method === "HEAD" ? undefined : coded.body);
}

/** A cache between may have made the tag weak. */
function hasTag(asked: string | undefined, etag: string): boolean {
  return asked?.split(",").some((each) => ["*", etag, `W/${etag}`].includes(each.trim())) ?? false;
}
