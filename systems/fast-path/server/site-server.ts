// The HTTP server. It sets the site's headers on every response, including those of Next and Node.
import "server-only";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isUploadFormPath, maxFormBytes } from "../../form-size";
import { log } from "../../log";
import {
  cacheControlOf,
  contentSecurityPolicyWithStandIn,
  defaultHeaders,
  fileHeaders,
  needsFileHeadersInsteadOfDefault,
  type ResponseHeaderOptions,
} from "./answer-headers";
import { formatErrorWithoutMessage } from "./console-log";
import { removeNextJsRequestHeaders } from "./next-headers";
import { isInNonDefaultLanguage } from "./non-default-language";
import { type CacheKeyPerPageKind, newPageCache, type PageCache } from "./page-cache";
import { isCurrentReaderScript, isReaderScript, READER_SCRIPT_PATH } from "./reader-script";
import { refuseRequest, refuseSocket } from "./refuse";
import { setHeadersPassedToWriteHead } from "./write-head";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type SiteServerOptions = ResponseHeaderOptions & {
  answerPage: Handler;
  handleWebhook: Handler;
  handleDeviceReport: Handler;
  cacheKeys: () => Promise<CacheKeyPerPageKind>;
  hasArticle: (slug: string) => boolean;
};

const WEBHOOK = "/api/stripe/webhook";
const REPORTS = "/api/count";
/**
 * The number of bytes that this server accepts beyond a route's own limit. So a form that is slightly too large still
 * reaches the route, which answers with a page. This server itself would answer only with a status code.
 */
const SPARE_BYTES = 6_384;
const METHODS = ["GET", "HEAD", "POST"];
/** Paths of pages and files that are the same for every reader. The query of a request for them is ignored. */
const SAME_FOR_ALL = /^\/(?:$|quiet$|articles\/|pictures\/|feed\.xml$|sitemap\.xml$|robots\.txt$|icon\.svg$|reader)/;
const SAME_FOR_ALL_IN_LANGUAGE = /^\/([^/]+)(?:$|\/quiet$|\/feed\.xml$)/;
/**
 * Time limits in milliseconds. `requestTimeout` is long enough for a webhook of a megabyte, and `uploadTimeout` for a
 * form with files on a slow connection.
 */
const LIMITS = {
  headersTimeout: 6_000,
  requestTimeout: 12_000,
  uploadTimeout: 180_000,
  connectionsCheckingInterval: 1_000,
};

export function createSiteServer(terms: SiteServerOptions, limits: Partial<typeof LIMITS> = {}): Server {
  const everywhere = defaultHeaders(terms);
  const livePages = newPageCache(terms);
  const { requestTimeout, uploadTimeout, ...ownToNode } = { ...LIMITS, ...limits };
  const isSentAtOnce = (request: IncomingMessage, response: ServerResponse) =>
    isPlain(request) && livePages.answerFromCache(request, response, pathForAll(request.url));
  // The site checks the Host header itself, because Node's own refusal would lack the site's headers. Node accepts only
  // one time limit for all requests, so `requestTimeout` here is the longer limit, for uploads. limitTime() applies the
  // shorter limit to all other requests.
  const options = { ...ownToNode, requestTimeout: Math.max(requestTimeout, uploadTimeout), requireHostHeader: false };
  const server = createServer(options, (request, response) => {
    if (isSentAtOnce(request, response)) return;
    limitTime(request, response, { server, requestTimeout });
    decideHeaders(request, response, { ...terms, everywhere });
    answer(request, response, { ...terms, livePages });
  });
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (isAcceptable(request)) response.writeContinue();
    server.emit("request", request, response);
  });
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    decideHeaders(request, response, { ...terms, everywhere });
    refuseRequest(request, response, { status: 417 });
  });
  server.on("connect", (_, socket) => refuseSocket(socket, { status: 405, headers: everywhere }));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const hasStarted = (socket as Socket & { _httpMessage?: ServerResponse })._httpMessage?.headersSent;
    if (error.code === "ECONNRESET" || !socket.writable || hasStarted) socket.destroy();
    else refuseSocket(socket, { status: statusOf(error), headers: everywhere });
  });
  return server;
}

/**
 * Ends a request whose body takes longer than `requestTimeout`. A form with files may take longer: for such a form,
 * `requestTimeout` starts only when the response has been sent. It then ends a refused upload whose rest is still
 * arriving.
 */
function limitTime(
  request: IncomingMessage,
  response: ServerResponse,
  { server, requestTimeout }: { server: Server; requestTimeout: number },
): void {
  if (isPlain(request)) return;
  const [path = ""] = (request.url ?? "").split("?", 1);
  const end = () => {
    const late = Object.assign(new Error("the request took too long"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    if (!request.complete) server.emit("clientError", late, request.socket);
  };
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(end, requestTimeout).unref();
  };
  request.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  if (isUploadFormPath(path)) response.once("finish", start);
  else start();
}

type AnswerBy = Pick<SiteServerOptions, "answerPage" | "handleWebhook" | "handleDeviceReport" | "scriptVersion"> & {
  livePages: PageCache;
};

function answer(request: IncomingMessage, response: ServerResponse, terms: AnswerBy): void {
  const problem = problemOf(request);
  if (problem) {
    refuseRequest(request, response, problem);
    return;
  }
  if (!isWebhook(request) && !isAt(request, REPORTS)) normalise(request, terms.scriptVersion);
  handlerOf(request, terms)(request, response).catch((error: unknown) => {
    log.error({ error: formatErrorWithoutMessage(error) }, "a request failed");
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
}

function handlerOf(
  request: IncomingMessage,
  { handleWebhook, handleDeviceReport, livePages, answerPage }: AnswerBy,
): Handler {
  if (isWebhook(request)) return handleWebhook;
  if (isAt(request, REPORTS)) return handleDeviceReport;
  return livePages.isCacheable(request) ? livePages.answer : answerPage;
}

function isWebhook(request: IncomingMessage): boolean {
  return isAt(request, WEBHOOK);
}

function isAt({ url = "" }: IncomingMessage, path: string): boolean {
  return url === path || url.startsWith(`${path}?`);
}

function isAcceptable(request: IncomingMessage): boolean {
  return problemOf(request) === null;
}

function problemOf(request: IncomingMessage): { status: number; headers?: Record<string, string> } | null {
  const { method = "", url = "", headers, httpVersion } = request;
  // The webhook's handler checks method and size itself.
  if (isWebhook(request) && method !== "TRACE") return null;
  if (!METHODS.includes(method)) return { status: 405, headers: { Allow: METHODS.join(", ") } };
  // Refuses the URL `*` and URLs in absolute form, because browsers never send these to a web server.
  if (!url.startsWith("/")) return { status: 400 };
  if (headers.host === undefined && httpVersion === "1.1") return { status: 400 };
  // Refuses a body of unknown length, because it could be endless. Browsers always send a form's length.
  if (headers["transfer-encoding"] !== undefined) return { status: 411 };
  const [path = ""] = url.split("?", 1);
  if (Number(headers["content-length"] ?? 0) > maxFormBytes(path) + SPARE_BYTES) return { status: 413 };
  return null;
}

/**
 * Returns true for a request with a host and no body. Such a request can be answered from the cache without the checks
 * in problemOf().
 */
function isPlain({ headers }: IncomingMessage): boolean {
  return (
    headers.host !== undefined && headers["content-length"] === undefined && headers["transfer-encoding"] === undefined
  );
}

function pathForAll(url = "/"): string {
  const end = url.indexOf("?");
  if (end < 0) return url;
  const path = url.slice(0, end);
  return SAME_FOR_ALL.test(path) || isInNonDefaultLanguage(SAME_FOR_ALL_IN_LANGUAGE, path) ? path : url;
}

function normalise(request: IncomingMessage, scriptVersion: string): void {
  removeNextJsRequestHeaders(request.headers);
  const path = pathForAll(request.url);
  request.url = isReaderScript(path) && !isCurrentReaderScript(path, scriptVersion) ? READER_SCRIPT_PATH : path;
}

/** Sets the site's own headers just before the response is sent. So responses from Next get these headers, too. */
function decideHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { everywhere, scriptVersion, paymentHosts }: ResponseHeaderOptions & { everywhere: [string, string][] },
): void {
  const { method } = request;
  const [path = ""] = (request.url ?? "").split("?", 1);
  for (const [name, value] of everywhere) response.setHeader(name, value);
  const write = response.writeHead;
  response.writeHead = function writeHead(this: ServerResponse, status: number, ...rest: unknown[]) {
    response.writeHead = write;
    setHeadersPassedToWriteHead(response, rest);
    const cacheControl = textOf(response.getHeader("Cache-Control"));
    const setsCookie = response.hasHeader("Set-Cookie");
    response.setHeader(
      "Cache-Control",
      cacheControlOf({ method, path, status, cacheControl, setsCookie }, { scriptVersion }),
    );
    const policy = response.getHeader("Content-Security-Policy");
    if (
      needsFileHeadersInsteadOfDefault(
        { contentType: textOf(response.getHeader("Content-Type")), policy },
        { paymentHosts },
      )
    ) {
      for (const [name] of everywhere) response.removeHeader(name);
      for (const [name, value] of fileHeaders()) response.setHeader(name, value);
    }
    const withStandIn = contentSecurityPolicyWithStandIn(response.getHeader("Content-Security-Policy"), paymentHosts);
    if (withStandIn) response.setHeader("Content-Security-Policy", withStandIn);
    return typeof rest[0] === "string" ? response.writeHead(status, rest[0]) : response.writeHead(status);
  } as ServerResponse["writeHead"];
}

function textOf(header: number | string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header?.toString();
}

function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}
