// If a page in app/ calls notFound(), Next answers 404 with an empty document that Next's script fills in. For the
// paths in PATHS, withNotFoundPage() discards that response and asks Next for the page of an unknown URL. That page is
// complete without a script.
import { IncomingMessage } from "node:http";

/** @typedef {import("node:http").ServerResponse} ServerResponse */
/** @typedef {(request: IncomingMessage, response: ServerResponse) => Promise<void>} Handler */

const PATHS = /^\/(?:newsroom|supporters|your-gift|wrong-address)(?:[/?]|$)/;
const UNKNOWN_PATH = "/there-is-no-such-page";
/**
 * The headers that are copied from the reader's request to the request for the unknown URL. Headers of Next's own
 * protocol and headers about a body are not copied.
 */
const HEADERS = ["host", "cookie", "accept", "accept-language", "user-agent", "x-forwarded-for"];
const METHODS = /** @type {const} */ (["writeHead", "flushHeaders", "write", "end"]);

/** @param {Handler} handler @returns {Handler} */
export function withNotFoundPage(handler) {
  return async (request, response) => {
    if (!PATHS.test(request.url ?? "")) return handler(request, response);
    // Asks Next for an uncompressed page. Next would never finish a compressed 404, because whenRefused() holds back
    // the headers of a 404 (seen in Next 16.4). A proxy in front of the site can still compress the pages.
    delete request.headers["accept-encoding"];
    const headers = response.getHeaders();
    const refused = whenRefused(response);
    const isRefused = await Promise.race([handler(request, response).then(() => false), refused]);
    if (!isRefused) return;
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
    await handler(requestForUnknownPath(request), response);
  };
}

/**
 * Discards the response if its status is 404. When the handler calls end(), restores the methods of `response`, sets
 * its status to 200, and resolves. Does not reset the headers. Never resolves for another status.
 * @param {ServerResponse} response @returns {Promise<true>}
 */
function whenRefused(response) {
  const ownMethods = METHODS.filter((name) => Object.hasOwn(response, name));
  const { writeHead, flushHeaders, write, end } = response;
  const before = pick(response, ownMethods);
  /** @type {boolean | undefined} */
  let isRefused;
  const decide = (status = response.statusCode) => (isRefused ??= status === 404);
  return new Promise((resolve) => {
    Object.assign(response, {
      writeHead: (/** @type {[number, ...unknown[]]} */ ...args) =>
        decide(args[0]) ? response : Reflect.apply(writeHead, response, args),
      flushHeaders: () => (decide() ? undefined : Reflect.apply(flushHeaders, response, [])),
      write: (/** @type {unknown[]} */ ...args) => (decide() ? true : Reflect.apply(write, response, args)),
      end: (/** @type {unknown[]} */ ...args) => {
        if (!decide()) return Reflect.apply(end, response, args);
        for (const name of METHODS) Reflect.deleteProperty(response, name);
        Object.assign(response, before);
        response.statusCode = 200;
        resolve(true);
        return response;
      },
    });
  });
}

/** @param {ServerResponse} response @param {(typeof METHODS)[number][]} names */
function pick(response, names) {
  return Object.fromEntries(names.map((name) => [name, response[name]]));
}

/** @param {IncomingMessage} request */
function requestForUnknownPath(request) {
  const unknown = new IncomingMessage(request.socket);
  unknown.method = request.method === "HEAD" ? "HEAD" : "GET";
  unknown.url = UNKNOWN_PATH + languageQuery(request.url ?? "");
  unknown.httpVersion = request.httpVersion;
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) unknown.headers[name] = value;
  }
  unknown.push(null);
  return unknown;
}

/** @param {string} url */
function languageQuery(url) {
  const language = new URLSearchParams(url.split("?")[1]).get("language");
  return language === null ? "" : `?${new URLSearchParams({ language })}`;
}
