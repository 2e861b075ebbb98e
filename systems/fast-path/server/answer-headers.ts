// What every answer carries, and who may keep it. Both are decided here, from the answer itself: Next sets Cache-Control by the
// address, also on the redirects and errors that it answers there.
import { CHECKOUT, EVERYWHERE, readerPolicy } from "../../../tools/run/headers.mjs";
import { isOwnScript } from "./reader-script";

/** Next's own words, so that a page one may not see and a page that is not there answer alike. */
const PRIVATE = "private, no-cache, no-store, max-age=0, must-revalidate";
const FOR_EVER = "public, max-age=31536000, immutable";
const PLAIN_POLICY = readerPolicy(CHECKOUT);

export type AnswerTerms = {
  /** The version of the reader's script that this build serves. */
  scriptVersion: string;
  /** Further hosts to which the gift form may lead: a Stripe stand-in's. Empty in production. */
  paymentHosts: string;
};

export type Answer = {
  method: string | undefined;
  path: string;
  status: number;
  cacheControl: string | undefined;
  setsCookie: boolean;
};

/** A cache may keep a page (200) and the word that it has not changed (304), and nothing else. */
export function cacheControlOf(answer: Answer, { scriptVersion }: Pick<AnswerTerms, "scriptVersion">): string {
  const { method, path, status, cacheControl = "", setsCookie } = answer;
  const isPage = (method === "GET" || method === "HEAD") && (status === 200 || status === 304) && !setsCookie;
  if (!isPage) return /\bno-store\b/.test(cacheControl) ? cacheControl : PRIVATE;
  if (/^\/reader[.-]/.test(path)) return isOwnScript(path, scriptVersion) ? FOR_EVER : PRIVATE;
  return cacheControl || PRIVATE;
}

/** Headers that Next may replace on its pages; a page of the App Router brings a policy with a nonce (proxy.ts). */
export function headersEverywhere({
  paymentHosts,
}: Pick<AnswerTerms, "paymentHosts">): [name: string, value: string][] {
  return EVERYWHERE.map(({ key, value }) => [key, value === PLAIN_POLICY ? policyWith(paymentHosts) : value]);
}

/** The policy that the build wrote knows no stand-in: whether there is one is a setting of the start. */
export function policyAtStart(policy: unknown, paymentHosts: string): string | null {
  return paymentHosts && policy === PLAIN_POLICY ? policyWith(paymentHosts) : null;
}

function policyWith(paymentHosts: string): string {
  return readerPolicy(paymentHosts ? `${CHECKOUT} ${paymentHosts}` : CHECKOUT);
}
