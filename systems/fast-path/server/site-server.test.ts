// Tests the server with a stand-in for Next. e2e/a-cache-keeps-only-pages.spec.ts tests it with the built site.
import { once } from "node:events";
import { request as call, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { readNodeRequestBody } from "../../body";
import { DEFAULT_HEADERS } from "../../http/headers.mjs";
import { createSiteServer } from "./site-server";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const PUBLIC = "public, s-maxage=300";
let server: Server;
let seen: { url?: string; headers: IncomingMessage["headers"] }[] = [];

afterEach(() => {
  server.closeAllConnections();
  server.close();
  seen = [];
});

async function open({ answerPage = page, limits = {} }: { answerPage?: Handler; limits?: object } = {}) {
  const terms = {
    scriptVersion: "0123456789",
    paymentHosts: "",
    handleWebhook: takeBody,
    handleDeviceReport: takeBody,
    answerPage,
    cacheKeys: async () => ({ articleLists: "x", appeal: "x", articlePages: "x" }),
    hasArticle: () => true,
  };
  server = createSiteServer(terms, limits);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function page(request: IncomingMessage, response: ServerResponse): Promise<void> {
  seen.push({ url: request.url, headers: { ...request.headers } });
  response.setHeader("Cache-Control", PUBLIC);
  response.end("a page");
}

async function takeBody(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = (await readNodeRequestBody(request, 1_000_000)) ? 200 : 413;
  response.end();
}

/** Returns the bytes that the server sent until it closed the connection, or until a whole 4xx response arrived. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(text);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    if (/\r\n\r\n4\d\d [ \w]+\n$/.test(String(chunk))) socket.destroy();
  });
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

const HOST = "Host: a.example\r\n";
const last = `${HOST}Connection: close\r\n\r\n`;

function expectOurHeaders(answer: string): void {
  for (const { key, value } of DEFAULT_HEADERS) expect(answer).toContain(`${key}: ${value}\r\n`);
}

test.each([
  ["TRACE", `TRACE / HTTP/1.1\r\n${last}`, 405],
  ["TRACE on the webhook's path", `TRACE /api/stripe/webhook HTTP/1.1\r\n${last}`, 405],
  ["OPTIONS *", `OPTIONS * HTTP/1.1\r\n${last}`, 405],
  ["GET *", `GET * HTTP/1.1\r\n${last}`, 400],
  ["the absolute form", `GET http://elsewhere.example/ HTTP/1.1\r\n${last}`, 400],
  ["an upgrade of an absolute form", `GET http://127.0.0.1:9/ HTTP/1.1\r\nUpgrade: websocket\r\n${last}`, 400],
  ["CONNECT", `CONNECT elsewhere.example:443 HTTP/1.1\r\n${last}`, 405],
  ["DELETE", `DELETE / HTTP/1.1\r\n${last}`, 405],
  ["no Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
  ["text that is not HTTP", "give me a page\r\n\r\n", 400],
  ["two lengths", `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`, 400],
  ["headers that are too long", `GET / HTTP/1.1\r\n${HOST}X: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ["a form that is too long", `POST /sign-in HTTP/1.1\r\n${HOST}Content-Length: 200000000\r\n\r\na`, 413],
  ["a form without a length", `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`, 411],
  ["an unknown Expect header", `POST / HTTP/1.1\r\n${HOST}Expect: a miracle\r\nContent-Length: 1\r\n\r\na`, 417],
])("refuses %s with our headers", async (_, text, status) => {
  const port = await open();
  const answer = await exchange(port, text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toMatch(/^Cache-Control: .*no-store/m);
  expectOurHeaders(answer);
  expect(seen).toEqual([]);
});

test("handles an upgrade request as a plain request", async () => {
  const port = await open();
  expect(
    await exchange(port, `GET / HTTP/1.1\r\nUpgrade: websocket\r\n${HOST}Connection: upgrade, close\r\n\r\n`),
  ).toMatch(/^HTTP\/1.1 200 /);
});

test("passes a webhook to its handler, even if the URL has a query", async () => {
  const port = await open();
  const post = (query: string) =>
    `POST /api/stripe/webhook${query} HTTP/1.1\r\n${HOST}Content-Length: 2\r\nConnection: close\r\n\r\n{}`;
  for (const query of ["", "?from=stripe"]) expect(await exchange(port, post(query))).toMatch(/^HTTP\/1.1 200 /);
  expect(seen).toEqual([]);
});

test("sends 100 Continue only for a body that it accepts", async () => {
  const port = await open();
  const expecting = (bytes: number) =>
    `POST / HTTP/1.1\r\n${HOST}Connection: close\r\nExpect: 100-continue\r\nContent-Length: ${bytes}\r\n\r\n`;
  expect(await exchange(port, expecting(20_000))).toMatch(/^HTTP\/1.1 413 /);
  expect(await exchange(port, `${expecting(1)}a`)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
});

test.each([
  ["headers", `GET / HTTP/1.1\r\n${HOST}X: `],
  ["a form", `POST /give/start HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\nevery=`],
  ["a webhook", `POST /api/stripe/webhook HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n`],
])("times out if the rest of %s never comes", async (_, text) => {
  const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 };
  const never = () => new Promise<void>(() => {});
  const answer = await exchange(await open({ limits, answerPage: never }), text);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expectOurHeaders(answer);
});

const UPLOAD = `POST /newsroom/disputes/du_1/draft HTTP/1.1\r\n${HOST}Content-Length: 60000000\r\n\r\n`;

test("gives a form with files more time, but not without limit, and ends at once after the response", async () => {
  const limits = { headersTimeout: 600, requestTimeout: 100, uploadTimeout: 600, connectionsCheckingInterval: 50 };
  const startedAt = performance.now();
  const never = () => new Promise<void>(() => {});
  expect(await exchange(await open({ limits, answerPage: never }), UPLOAD)).toMatch(/^HTTP\/1.1 408 /);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(590);
  server.close();
  const answer = await exchange(await open({ limits: { ...limits, uploadTimeout: 60_000 } }), UPLOAD);
  expect(answer).toMatch(/^HTTP\/1.1 200 .*a page/s);
});

test("gives the headers of every request only seconds to arrive", async () => {
  await open();
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
});

test("responds 413 to a form with files of more than 64 MB", async () => {
  const answer = await exchange(await open(), UPLOAD.replace("60000000", "65000000"));
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
});

test("responds 413 to an oversized body, even after much of it was sent", async () => {
  const port = await open();
  const sending = call({
    port,
    method: "POST",
    path: "/supporters/sign-out",
    headers: { "content-length": 9_000_000 },
  });
  sending.on("error", () => {});
  sending.write(Buffer.alloc(3_000_000));
  const [answer] = (await once(sending, "response")) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  sending.destroy();
});

const NEXTS_OWN = {
  RSC: "1",
  "Next-Router-Prefetch": "1",
  "Next-Router-Segment-Prefetch": "/_tree",
  "Next-Router-State-Tree": "x",
  "Next-Action": "x",
  "Next-Url": "/x",
  "Next-Resume": "1",
  "X-Nextjs-Data": "1",
  "X-Middleware-Prefetch": "1",
  "X-Middleware-Subrequest": "proxy:proxy:proxy:proxy:proxy",
  "X-Middleware-Rewrite": "/newsroom",
  "X-Invoke-Status": "404",
  "X-Invoke-Path": "/x",
  "X-Matched-Path": "/x",
  "X-Prerender-Revalidate": "x",
  "X-Now-Route-Matches": "x",
  Purpose: "prefetch",
  "Sec-Purpose": "prefetch",
};

test("removes Next's internal headers, and the query on pages that are the same for all readers", async () => {
  const port = await open();
  const answer = await fetch(`http://127.0.0.1:${port}/robots.txt?_rsc=1&__nextDataReq=1`, { headers: NEXTS_OWN });
  await answer.text();
  await (await fetch(`http://127.0.0.1:${port}/give?every=once`)).text();
  expect(seen.map(({ url }) => url)).toEqual(["/robots.txt", "/give?every=once"]);
  const names = Object.keys(seen[0]?.headers ?? {});
  for (const name of Object.keys(NEXTS_OWN)) expect(names).not.toContain(name.toLowerCase());
  expect(names).toContain("user-agent");
});

const statuses: [status: number, method: string, expected: RegExp][] = [
  [200, "GET", /^public/],
  [200, "HEAD", /^public/],
  [304, "GET", /^public/],
  [200, "POST", /no-store/],
  ...[206, 301, 307, 308, 400, 404, 405, 410, 416, 500, 503].map((status): [number, string, RegExp] => [
    status,
    "GET",
    /^(?!.*public).*no-store/,
  ]),
];

test.each(statuses)("Cache-Control depends on the response: status %s of a %s", async (status, method, expected) => {
  const ways: Handler[] = [
    async (_, response) => {
      response.statusCode = status;
      response.setHeader("cache-control", PUBLIC);
      response.end();
    },
    async (_, response) => {
      response.writeHead(status, { "Cache-Control": PUBLIC }).end();
    },
    async (_, response) => {
      response.writeHead(status, "told", ["Cache-Control", PUBLIC]).end();
    },
  ];
  for (const answerPage of ways) {
    const port = await open({ answerPage });
    const answer = await fetch(`http://127.0.0.1:${port}/about-your-gift`, { method, redirect: "manual" });
    expect(answer.headers.get("cache-control")).toMatch(expected);
    server.closeAllConnections();
    server.close();
  }
});

test("caches may not store a response that sets a cookie or has no Cache-Control", async () => {
  const port = await open({
    answerPage: async (request, response) => {
      if (request.url === "/") response.setHeader("Cache-Control", PUBLIC).setHeader("Set-Cookie", "a=b");
      response.end();
    },
  });
  for (const path of ["/", "/other"])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).headers.get("cache-control")).toMatch(/no-store/);
});

test("only this build's own script may be cached for ever", async () => {
  const port = await open();
  const ask = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).headers.get("cache-control") ?? "";
  expect(await ask("/reader-0123456789.js")).toBe("public, max-age=31536000, immutable");
  for (const path of ["/reader-9876543210.js", "/reader.js", "/reader.js?v=0123456789", "/reader-0123456789.js.map"])
    expect(await ask(path), path).toMatch(/no-store/);
  for (const path of ["/reader-pages.js", "/reader-pay.js", "/reader-recall.js", "/reader-words-en.json"])
    expect(await ask(path), path).not.toMatch(/no-store/);
  expect(seen.map(({ url }) => url).slice(0, 2)).toEqual(["/reader.js", "/reader.js"]);
});

const HEADERS_OF_A_FILE = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
];

test.each([
  ["text/css; charset=utf-8", true],
  ["application/javascript; charset=UTF-8", true],
  ["font/woff2", true],
  ["image/avif", true],
  ["image/svg+xml", false],
  ["text/html; charset=utf-8", false],
  ["application/pdf", false],
])("a response of the type %s has the headers of a file: %s", async (type, isFile) => {
  const port = await open({
    answerPage: async (_, response) => void response.writeHead(200, { "Content-Type": type }).end(),
  });
  const { headers } = await fetch(`http://127.0.0.1:${port}/file`);
  const sent = DEFAULT_HEADERS.flatMap(({ key }) => (headers.has(key) ? [{ key, value: headers.get(key) }] : []));
  expect(sent).toEqual(isFile ? HEADERS_OF_A_FILE : DEFAULT_HEADERS);
});

test("a file keeps a Content-Security-Policy that its route has chosen", async () => {
  const own = { "Content-Type": "image/png", "Content-Security-Policy": "sandbox" };
  const port = await open({ answerPage: async (_, response) => void response.writeHead(200, own).end() });
  const { headers } = await fetch(`http://127.0.0.1:${port}/file`);
  expect(headers.get("content-security-policy")).toBe("sandbox");
  expect(headers.get("x-frame-options")).toBe("DENY");
});

test("responds 500 if a handler throws, with the site's headers and without the error's message", async () => {
  const port = await open({ answerPage: () => Promise.reject(new Error("anna@example.org")) });
  const answer = await exchange(port, `GET / HTTP/1.1\r\n${last}`);
  expect(answer).toMatch(/^HTTP\/1.1 500 /);
  expect(answer).not.toContain("anna");
  expectOurHeaders(answer);
});
