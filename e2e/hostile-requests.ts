// Requests with which an attacker tries to make a page's URL return another response. If that worked, a shared cache
// could store that response and send it to every reader.

export type HostileRequest = { method?: string; query?: string; headers?: Record<string, string> };

const HEADERS: Record<string, string>[] = [
  { RSC: "1" },
  { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-State-Tree": "%5B%22%22%2C%7B%7D%5D" },
  { "Next-Router-Prefetch": "1" },
  { "Next-Router-Segment-Prefetch": "/_tree", RSC: "1" },
  { "Next-Action": "0".repeat(40) },
  { "Next-Url": "/elsewhere" },
  { "Next-Hmr-Refresh": "1" },
  { "Next-Resume": "1" },
  { "X-Nextjs-Data": "1" },
  { "X-Nextjs-Deployment-Id": "x" },
  { "X-Middleware-Prefetch": "1" },
  { "X-Middleware-Invoke": "1" },
  { "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "X-Middleware-Rewrite": "/there-is-no-such-page" },
  { "X-Middleware-Set-Cookie": "session=theirs; Path=/" },
  { "X-Invoke-Status": "500", "X-Invoke-Error": "{}" },
  { "X-Invoke-Path": "/there-is-no-such-page" },
  { "X-Matched-Path": "/there-is-no-such-page" },
  { "X-Now-Route-Matches": "1=elsewhere" },
  { "X-Prerender-Revalidate": "x" },
  { "X-Next-Cache-Tags": "x" },
  { Purpose: "prefetch" },
  { "Sec-Purpose": "prefetch;prerender" },
  { "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-Port": "1" },
  { Forwarded: "host=elsewhere.example" },
  { "X-Original-Url": "/newsroom", "X-Rewrite-Url": "/newsroom" },
  { "X-Http-Method-Override": "DELETE" },
  { Range: "bytes=0-3" },
  { Range: "bytes=999999999-" },
  { "If-None-Match": "*" },
  { "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT" },
  { Accept: "text/x-component" },
  { "Accept-Language": "xx" },
  { "Accept-Language": "ru" },
  { "X-Page-Language": "ru" },
  { Cookie: "session=made-up; __prerender_bypass=x; __next_preview_data=x; next-instant-navigation-testing=1" },
];

const QUERIES = [
  "_rsc=1",
  "__nextDataReq=1",
  "__nextLocale=xx",
  "language=ru",
  "nxtPslug=elsewhere",
  "slug=elsewhere",
  "amp=1",
  "__flight__=1",
];

export const HOSTILE_REQUESTS: HostileRequest[] = [
  ...HEADERS.map((headers) => ({ headers })),
  ...QUERIES.map((query) => ({ query })),
  { query: "_rsc=1", headers: { RSC: "1" } },
  { method: "HEAD", headers: { RSC: "1" } },
  { method: "POST" },
  { method: "POST", headers: { "Next-Action": "x" } },
  { method: "PUT" },
  { method: "OPTIONS" },
];

export function describeRequest({ method = "GET", query = "", headers = {} }: HostileRequest): string {
  return [method, query && `?${query}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
    .filter(Boolean)
    .join(" ");
}
