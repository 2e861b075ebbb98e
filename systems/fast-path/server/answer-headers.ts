// Chooses the headers of responses. Uses the response's status and other properties, because Next chooses Cache-Control
// by the path alone, even for redirects and errors.
import "server-only";
import {
  CHECKOUT_ORIGIN,
  DEFAULT_HEADERS,
  readerContentSecurityPolicy,
  SUBRESOURCE_HEADERS,
} from "../../http/headers.mjs";
import { isCurrentReaderScript, isUnversionedReaderFile } from "./reader-script";

/**
 * The Cache-Control of a response that must not be stored. Next sends exactly the same text. So nobody can tell by this
 * header whether a page is forbidden or missing.
 */
const PRIVATE = "private, no-cache, no-store, max-age=0, must-revalidate";
const FOR_EVER = "public, max-age=31536000, immutable";
const FILE_TYPE = /^(?:text\/(?:css|javascript)|application\/javascript|font\/|image\/(?!svg))/;
const FILE_POLICY = SUBRESOURCE_HEADERS.find(({ key }) => key === "Content-Security-Policy")?.value ?? "";
const PLAIN_POLICY = readerContentSecurityPolicy(CHECKOUT_ORIGIN);

export type ResponseHeaderOptions = {
  scriptVersion: string;
  /** Additional hosts to which the gift form can be posted, for a Stripe stand-in. Empty in production. */
  paymentHosts: string;
};

export type ResponseHeaderInputs = {
  method: string | undefined;
  path: string;
  status: number;
  cacheControl: string | undefined;
  setsCookie: boolean;
};

/**
 * Returns the Cache-Control header. A cache may store only a response to GET or HEAD with status 200 or 304 that sets
 * no cookie.
 */
export function cacheControlOf(
  answer: ResponseHeaderInputs,
  { scriptVersion }: Pick<ResponseHeaderOptions, "scriptVersion">,
): string {
  const { method, path, status, cacheControl = "", setsCookie } = answer;
  const isPage = (method === "GET" || method === "HEAD") && (status === 200 || status === 304) && !setsCookie;
  if (!isPage) return /\bno-store\b/.test(cacheControl) ? cacheControl : PRIVATE;
  if (/^\/reader[.-]/.test(path) && !isUnversionedReaderFile(path))
    return isCurrentReaderScript(path, scriptVersion) ? FOR_EVER : PRIVATE;
  return cacheControl || PRIVATE;
}

/**
 * Returns true if the response is a file that gets the headers in SUBRESOURCE_HEADERS instead of defaultHeaders().
 * `policy`: the response's Content-Security-Policy. Returns false if the route has set a policy of its own, because
 * SUBRESOURCE_HEADERS would replace it.
 */
export function needsFileHeadersInsteadOfDefault(
  { contentType = "", policy }: { contentType: string | undefined; policy: unknown },
  { paymentHosts }: Pick<ResponseHeaderOptions, "paymentHosts">,
): boolean {
  return FILE_TYPE.test(contentType) && [PLAIN_POLICY, policyWith(paymentHosts), FILE_POLICY].includes(String(policy));
}

export function fileHeaders(): [name: string, value: string][] {
  return SUBRESOURCE_HEADERS.map(({ key, value }) => [key, value]);
}

/**
 * Returns the default headers of a response. Plain files get fileHeaders() instead. Next replaces some of these
 * headers. For example, an App Router page gets a Content-Security-Policy with a nonce (proxy.ts).
 */
export function defaultHeaders({
  paymentHosts,
}: Pick<ResponseHeaderOptions, "paymentHosts">): [name: string, value: string][] {
  return DEFAULT_HEADERS.map(({ key, value }) => [key, value === PLAIN_POLICY ? policyWith(paymentHosts) : value]);
}

/**
 * Returns the Content-Security-Policy that also allows the stand-in's hosts; null if `policy` must stay as it is. The
 * build cannot know these hosts, because they are a setting of the running server.
 */
export function contentSecurityPolicyWithStandIn(policy: unknown, paymentHosts: string): string | null {
  return paymentHosts && policy === PLAIN_POLICY ? policyWith(paymentHosts) : null;
}

function policyWith(paymentHosts: string): string {
  return readerContentSecurityPolicy(paymentHosts ? `${CHECKOUT_ORIGIN} ${paymentHosts}` : CHECKOUT_ORIGIN);
}
