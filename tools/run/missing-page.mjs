// A page that refuses its visitor (notFound() in app/) is answered by Next with 404 and an empty document, for its script to fill. In the
// rooms where pages refuse, such an answer is put aside, and Next is asked for the page of an address that leads nowhere: whole
// without a script, and the same for what is not there and for what is not yours. The right is still asked for by each page.
import { IncomingMessage } from "node:http";

/** @typedef {(request: IncomingMessage, response: import("node:http").ServerResponse) => Promise<void>} Handler */

const ROOMS = /^\/(?:newsroom|supporters)(?:[/?]|$)/;
const NOWHERE = "/there-is-no-such-page";
/** What the page may depend on: nothing of Next's own protocol, and no body. */
const HEADERS = ["host", "cookie", "accept", "accept-language", "user-agent", "x-forwarded-for"];
const METHODS = /** @type {const} */ (["writeHead", "flushHeaders", "write", "end"]);

/** @param {Handler} answer @returns {Handler} */
export function withMissingPage(answer) {
  return async (request, response) => {
    if (!ROOMS.test(request.url ?? "")) return answer(request, response);
    // A refusal that Next compresses never comes to its end while its headers are held back (seen in Next 16.4). A proxy in front of
    // the site may compress these pages.
    delete request.headers["accept-encoding"];
    const before = response.getHeaders();
    const refused = whenRefused(response);
    const isRefused = await Promise.race([answer(request, response).then(() => false), refused]);
    if (!isRefused) return;
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    for (const [name, value] of Object.entries(before)) if (value !== undefined) response.setHeader(name, value);
    await answer(askingForNowhere(request), response);
  };
}

/**
 * Swallows the answer where it is a 404, and resolves once that has ended and the response is as it was before.
 * @param {import("node:http").ServerResponse} response @returns {Promise<true>}
 */
function whenRefused(response) {
  const own = Object.fromEntries(METHODS.map((name) => [name, Object.hasOwn(response, name) ? response[name] : null]));
  const real = Object.fromEntries(METHODS.map((name) => [name, response[name].bind(response)]));
  /** @type {boolean | undefined} */
  let isRefused;
  const decide = (status = response.statusCode) => (isRefused ??= status === 404);
  return new Promise((resolve) => {
    response.writeHead = (status, ...rest) => (decide(status) ? response : real.writeHead(status, ...rest));
    response.flushHeaders = () => (decide() ? undefined : real.flushHeaders());
    response.write = (...chunk) => (decide() ? true : real.write(...chunk));
    response.end = (...chunk) => {
      if (!decide()) return real.end(...chunk);
      for (const name of METHODS) {
        if (own[name]) response[name] = own[name];
        else Reflect.deleteProperty(response, name);
      }
      response.statusCode = 200;
      resolve(true);
      return response;
    };
  });
}

/** @param {IncomingMessage} request */
function askingForNowhere(request) {
  const asking = new IncomingMessage(request.socket);
  asking.method = request.method === "HEAD" ? "HEAD" : "GET";
  asking.url = NOWHERE;
  asking.httpVersion = request.httpVersion;
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) asking.headers[name] = value;
  }
  asking.push(null);
  return asking;
}
