import { once } from "node:events";
import { request as call, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { publication } from "../../../publication";
import type { CacheKeyPerPageKind } from "./page-cache";
import { createSiteServer } from "./site-server";

const PUBLIC = "public, s-maxage=30";
let server: Server;
let port = 0;
let rendered: { url?: string; headers: IncomingMessage["headers"] }[] = [];
let key = "first/1";
let keys: Partial<CacheKeyPerPageKind> = {};
let unknown: RegExp | null = null;
let renderCount = 0;
let answerWith: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  // The server caches the keys of the live content for a time that it measures with performance.now(). The fake clock
  // stands still until a test advances it.
  vi.useFakeTimers({ toFake: ["performance"] });
  rendered = [];
  renderCount = 0;
  key = "first/1";
  keys = {};
  unknown = null;
  answerWith = (_, response) => {
    response.setHeader("Cache-Control", PUBLIC).setHeader("Content-Type", "text/html");
    response.end(`<p>${key}</p>`);
  };
  server = createSiteServer({
    ...{
      scriptVersion: "0123456789",
      paymentHosts: "",
      handleWebhook: async () => {},
      handleDeviceReport: async () => {},
    },
    cacheKeys: async () => {
      renderCount += 1;
      return { articleLists: key, appeal: key, articlePages: key, ...keys };
    },
    hasArticle: (slug) => !unknown?.test(slug),
    answerPage: async (request, response) => {
      rendered.push({ url: request.url, headers: { ...request.headers } });
      answerWith(request, response);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

/**
 * Simulates a change of the content: sets the cache key, and advances the clock so that the server reads the key again.
 */
function change(next: string): void {
  key = next;
  vi.advanceTimersByTime(50);
}

async function ask(path: string, { method = "GET", headers = {} as Record<string, string> } = {}) {
  const sent = call({ host: "127.0.0.1", port, path, method, headers }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const { headers: got, rawHeaders } = response;
  return { status: response.statusCode, headers: got, rawHeaders, body: Buffer.concat(chunks) };
}

test("renders a page once for all readers, and again when the appeal changes", async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => ask("/articles/one")));
  expect(new Set(all.map(({ body }) => String(body)))).toEqual(new Set(["<p>first/1</p>"]));
  expect(rendered).toHaveLength(1);
  change("first/2");
  expect(String((await ask("/articles/one")).body)).toBe("<p>first/2</p>");
  expect(String((await ask("/articles/one")).body)).toBe("<p>first/2</p>");
  expect(rendered).toHaveLength(2);
});

test("asks for the keys of the live content at most once every 50 ms, however many readers come", async () => {
  for (let times = 1; times <= 5; times++) await ask("/articles/one");
  expect(renderCount).toBe(1);
  change("first/1");
  for (let times = 1; times <= 5; times++) await ask("/articles/one");
  expect(renderCount).toBe(2);
  expect(rendered).toHaveLength(1);
});

test("renders a page again only when something that it shows has changed", async () => {
  const paths = ["/articles/one", "/", "/quiet", "/banner-manners", "/about-your-gift", "/feed.xml", "/sitemap.xml"];
  const renderedAfter = async (changed: Partial<CacheKeyPerPageKind>) => {
    keys = changed;
    vi.advanceTimersByTime(50);
    rendered = [];
    for (const path of [...paths, ...paths]) await ask(path);
    return rendered.map(({ url }) => url);
  };
  expect(await renderedAfter({})).toEqual(paths);
  expect(await renderedAfter({ articlePages: "2" })).toEqual(["/articles/one"]);
  expect(await renderedAfter({ articlePages: "3", appeal: "3" })).toEqual(paths.slice(0, 5));
  expect(await renderedAfter({ articlePages: "4", appeal: "4", articleLists: "4" })).toEqual(paths);
});

async function exchange(...requests: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(requests.map((lines) => `${lines}\r\nHost: x\r\n\r\n`).join(""));
  let got = "";
  for await (const chunk of socket) got += chunk;
  return got;
}

test("requests sent at once on one connection get complete responses in order", async () => {
  for (const path of ["/articles/one", "/quiet"]) await ask(path);
  answerWith = (_, response) => void setTimeout(() => response.end("slow"), 20);
  const got = await exchange(
    ...["GET /articles/one HTTP/1.1", "GET /newsroom HTTP/1.1", "GET /quiet HTTP/1.1", "HEAD /quiet HTTP/1.1"],
    "GET /articles/one HTTP/1.1\r\nConnection: close",
  );
  const answers = got.split("HTTP/1.1 200 OK\r\n");
  expect(answers).toHaveLength(6);
  const [, first, second, third, head, last] = answers;
  expect([first, third, last].map((each) => each?.split("\r\n\r\n")[1])).toEqual(Array(3).fill("<p>first/1</p>"));
  expect(second).toContain("slow");
  expect(head).toMatch(/\r\n\r\n$/);
  expect([first, last].map((each) => /^Connection: (.*)\r$/m.exec(each ?? "")?.[1])).toEqual(["keep-alive", "close"]);
});

test("the connection closes after a cached page if the reader asks for that, or the server shuts down", async () => {
  for (let times = 1; times <= 2; times++) await ask("/quiet");
  expect(await exchange("GET /quiet HTTP/1.1\r\nConnection: close")).toMatch(/\r\nConnection: close\r\n/);
  server.prependListener("request", (_, response) => response.setHeader("Connection", "close"));
  const got = await exchange("GET /quiet HTTP/1.1");
  expect(got).toMatch(/\r\nConnection: close\r\n/);
  expect(got).toMatch(/\r\n\r\n<p>first\/1<\/p>$/);
});

test("a cached page is sent with the current date", async () => {
  const dates = new Set<string | undefined>();
  await ask("/");
  while (dates.size < 2) {
    // Without this pause, the requests would keep the processor busy until the next second begins.
    await wait(10);
    const before = Math.floor(Date.now() / 1_000);
    const { date } = (await ask("/")).headers;
    const seconds = Date.parse(String(date)) / 1_000;
    expect([before - 1, before, before + 1]).toContain(seconds);
    dates.add(date);
  }
});

/** Returns every header as it was spelled when sent, except the date and the connection's headers. */
function sentHeaders({ rawHeaders }: { rawHeaders: string[] }): string[] {
  const pairs = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [`${name}: ${rawHeaders[i + 1]}`]));
  return pairs.filter((pair) => !/^(?:Date|Connection|Keep-Alive): /.test(pair)).sort();
}

test.each(["GET", "HEAD"])(
  "a cached page has the same headers as a page by Next, and those of its body (%s)",
  async (method) => {
    const byNext = sentHeaders(await ask("/income", { method, headers: { "accept-encoding": "gzip" } }));
    for (const coding of ["gzip", "br", "identity"]) {
      const headers = { "accept-encoding": coding };
      const whenRendered = await ask("/articles/one", { method, headers });
      const kept = await ask("/articles/one", { method, headers });
      const own = [
        `ETag: ${kept.headers.etag}`,
        `Content-Length: ${kept.headers["content-length"]}`,
        "Vary: Accept-Encoding",
        ...(coding === "identity" ? [] : [`Content-Encoding: ${coding}`]),
      ];
      const ofBody = /^(?:Content-Length|Transfer-Encoding): /;
      expect(sentHeaders(kept)).toEqual([...byNext.filter((pair) => !ofBody.test(pair)), ...own].sort());
      expect(sentHeaders(whenRendered)).toEqual(sentHeaders(kept));
      const again = await ask("/articles/one", {
        method,
        headers: { ...headers, "if-none-match": `${kept.headers.etag}` },
      });
      expect(again.status).toBe(304);
      expect(sentHeaders(again)).toEqual(
        sentHeaders(kept).filter((pair) => !/^Content-(?:Length|Encoding): /.test(pair)),
      );
    }
    expect(rendered.map(({ url }) => url)).toEqual(["/income", "/articles/one"]);
  },
);

test("a request that the server refuses does not get the cached page", async () => {
  await ask("/articles/one");
  expect((await ask("/articles/one", { headers: { "content-length": "9000000" } })).status).toBe(413);
  expect((await ask("/articles/one", { headers: { "transfer-encoding": "chunked" } })).status).toBe(411);
  expect((await ask("/articles/one", { method: "DELETE" })).status).toBe(405);
});

test("a cached page is rendered without the headers and query of the request that caused it", async () => {
  const headers = { cookie: "a=b", "accept-language": "ru", "x-forwarded-for": "10.0.0.1", "user-agent": "a reader" };
  await ask("/articles/one?from=mail", { headers: { ...headers, "accept-encoding": "gzip", range: "bytes=0-1" } });
  expect(rendered).toEqual([{ url: "/articles/one", headers: { host: "localhost" } }]);
});

test("answers plain, compressed, HEAD and conditional requests from one cached page", async () => {
  const plain = await ask("/");
  expect(plain.headers).toMatchObject({
    "cache-control": PUBLIC,
    vary: "Accept-Encoding",
    "content-type": "text/html",
  });
  expect(plain.headers["x-content-type-options"]).toBe("nosniff");
  const zipped = await ask("/", { headers: { "accept-encoding": "br;q=0.5, gzip" } });
  expect(zipped.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(zipped.body)).toEqual(plain.body);
  const brotli = await ask("/", { headers: { "accept-encoding": "gzip, br", cookie: "a=b" } });
  expect(brotli.headers["content-encoding"]).toBe("br");
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  const tags = [plain, zipped, brotli].map(({ headers }) => headers.etag);
  expect(new Set(tags).size).toBe(3);
  for (const tag of tags) expect(tag).toMatch(/^"[\w-]+"$/);
  const weak = { "accept-encoding": "br", "if-none-match": `W/${brotli.headers.etag}` };
  expect((await ask("/", { headers: weak })).status).toBe(304);
  const head = await ask("/", { method: "HEAD" });
  expect([head.body.length, head.headers["content-length"]]).toEqual([0, String(plain.body.length)]);
  const etag = String(plain.headers.etag);
  const again = await ask("/", { headers: { "if-none-match": `"other", ${etag}` } });
  expect([again.status, again.body.length, again.headers["cache-control"]]).toEqual([304, 0, PUBLIC]);
  change("first/2");
  expect((await ask("/", { headers: { "if-none-match": etag } })).status).toBe(200);
  expect(rendered).toHaveLength(2);
});

test("caches no error, no page with a cookie and no private page, and tells other caches not to store them", async () => {
  const answers: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(404, { "Cache-Control": PUBLIC }).end("none"),
    (response) => response.writeHead(500, ["Cache-Control", PUBLIC]).end("broken"),
    (response) => response.setHeader("Cache-Control", PUBLIC).setHeader("Set-Cookie", "a=b").end("a cookie"),
    (response) => response.setHeader("Cache-Control", "private, no-store").end("private"),
  ];
  for (const [place, write] of answers.entries()) {
    rendered = [];
    answerWith = (_, response) => write(response);
    for (let times = 1; times <= 2; times++) {
      expect((await ask("/articles/none")).headers["cache-control"], String(place)).toMatch(/no-store/);
      expect(rendered).toHaveLength(times);
    }
  }
  answerWith = (_, response) => response.setHeader("Cache-Control", PUBLIC).end("found");
  expect(String((await ask("/articles/none")).body)).toBe("found");
});

test("the page of a missing article is in the reader's language and rendered once per language; a found article ignores it", async () => {
  Object.assign(publication, { languages: ["en", "de"] });
  unknown = /^none/;
  answerWith = ({ headers }, response) =>
    response.writeHead(404, { "Cache-Control": PUBLIC }).end(headers["accept-language"] ?? "none");
  const missing = async (path: string, accepted: string) => {
    const { status, body, headers } = await ask(path, { headers: { "accept-language": accepted } });
    expect([status, headers["cache-control"]]).toEqual([404, expect.stringMatching(/no-store/)]);
    return String(body);
  };
  const bodies: string[] = [];
  for (const accepted of ["de", "en", "fr", "de-AT"])
    for (const path of ["/articles/none", "/articles/none-2"]) bodies.push(await missing(path, accepted));
  const renderings = rendered.length;
  unknown = null;
  answerWith = ({ headers }, response) =>
    response.setHeader("Cache-Control", PUBLIC).end(headers["accept-language"] ?? "none");
  const found = await ask("/articles/none", { headers: { "accept-language": "de" } });
  Object.assign(publication, { languages: ["en"] });
  expect(bodies).toEqual(["de", "de", "en", "en", "en", "en", "de", "de"]);
  expect([renderings, String(found.body)]).toEqual([2, "none"]);
});

test("passes every other path, and every POST, to Next unchanged", async () => {
  const paths = [
    "/articles/One",
    "/articles/a/b",
    "/articles/%61",
    "/articles/",
    "/quiet/",
    "/give?every=once",
    "/newsroom",
  ];
  for (const path of paths) await ask(path, { headers: { "user-agent": "a reader" } });
  await ask("/articles/one", { method: "POST", headers: { "user-agent": "a reader", "content-length": "0" } });
  expect(rendered.map(({ url }) => url)).toEqual([...paths, "/articles/one"]);
  expect(rendered.every(({ headers }) => headers["user-agent"] === "a reader")).toBe(true);
});

test("a failure of Next is answered with 500 and not cached", async () => {
  answerWith = () => {
    throw new Error("broken");
  };
  expect((await ask("/articles/one")).status).toBe(500);
  answerWith = (_, response) => response.setHeader("Cache-Control", PUBLIC).end("found");
  expect((await ask("/articles/one")).status).toBe(200);
});

test.each<[string, () => void]>([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  ["answers 500", () => {}],
])("if Next %s after a change, readers get the previous page until Next renders it again", async (_, fail) => {
  await ask("/articles/one");
  change("first/2");
  const render = answerWith;
  answerWith = (_request, response) => {
    fail();
    response.writeHead(500).end("broken");
  };
  for (let times = 1; times <= 2; times++) {
    const { status, body, headers } = await ask("/articles/one");
    expect([status, String(body), headers["cache-control"]]).toEqual([200, "<p>first/1</p>", PUBLIC]);
  }
  expect(rendered).toHaveLength(3);
  answerWith = render;
  expect(String((await ask("/articles/one")).body)).toBe("<p>first/2</p>");
});

test("an article that was withdrawn does not come back if Next fails later", async () => {
  const render = answerWith;
  expect((await ask("/articles/one")).status).toBe(200);
  answerWith = (_, response) => response.writeHead(404).end("gone");
  change("first/2");
  expect((await ask("/articles/one")).status).toBe(404);
  answerWith = (_, response) => response.writeHead(500).end();
  change("first/3");
  expect((await ask("/articles/one")).status).toBe(500);
  answerWith = render;
  expect((await ask("/articles/one")).status).toBe(200);
});

test("two hundred articles that do not exist share one cached page, with 404, that no other cache stores", async () => {
  unknown = /^no-/;
  answerWith = (_, response) => response.writeHead(404, { "Content-Type": "text/html" }).end("<p>not found</p>");
  for (let nth = 1; nth <= 200; nth++) {
    const { status, body } = await ask(`/articles/no-${nth}`);
    expect([status, String(body)]).toEqual([404, "<p>not found</p>"]);
  }
  expect(rendered).toHaveLength(1);
  const zipped = await ask("/articles/no-1?x=1", { headers: { "accept-encoding": "gzip" } });
  expect([zipped.status, String(gunzipSync(zipped.body))]).toEqual([404, "<p>not found</p>"]);
  expect(zipped.headers["cache-control"]).toMatch(/no-store/);
  expect(zipped.headers["x-content-type-options"]).toBe("nosniff");
  const again = await ask("/articles/no-1", { headers: { "if-none-match": String(zipped.headers.etag) } });
  expect(again.status).toBe(404);
  change("first/2");
  await ask("/articles/no-2");
  expect(rendered).toHaveLength(2);
});

test("a missing article's page that is for one reader is not cached", async () => {
  unknown = /^no-/;
  const policy = "script-src 'nonce-abc'";
  for (const header of [{ "Set-Cookie": "a=b" }, { "Content-Security-Policy": policy }]) {
    rendered = [];
    answerWith = (_, response) => response.writeHead(404, header).end("not found");
    for (let times = 1; times <= 2; times++) expect((await ask("/articles/no-1")).status).toBe(404);
    expect(rendered).toHaveLength(2);
  }
});

test("an article that is published at a formerly unknown path is shown", async () => {
  unknown = /^no-/;
  const render = answerWith;
  answerWith = (_, response) => response.writeHead(404).end("not found");
  expect((await ask("/articles/no-1")).status).toBe(404);
  [unknown, answerWith] = [null, render];
  change("first/2");
  expect((await ask("/articles/no-1")).status).toBe(200);
  unknown = /^no-/;
  answerWith = (_, response) => response.writeHead(404).end("not found");
  change("first/3");
  expect((await ask("/articles/no-1")).status).toBe(404);
});

test("pages in another language that the site offers are cached for all readers, and other paths are left to Next", async () => {
  Object.assign(publication, { languages: ["en", "de"] });
  for (const path of ["/de", "/de?x=1", "/de/feed.xml", "/de/quiet?x=1", "/fr"])
    for (const cookie of ["reader=1", "reader=2"]) await ask(path, { headers: { cookie } });
  Object.assign(publication, { languages: ["en"] });
  expect(rendered.map(({ url }) => url)).toEqual(["/de", "/de/feed.xml", "/de/quiet", "/fr", "/fr"]);
  const ofReaders = rendered.filter(({ headers }) => headers.cookie !== undefined).map(({ url }) => url);
  expect(ofReaders).not.toContain("/de");
  expect(ofReaders).not.toContain("/de/feed.xml");
});

test("the build's script and styles are read once, sent in brotli, and cached whatever changes", async () => {
  const paths = ["/reader-0123456789.js", "/_next/static/chunks/0-a_b.css"];
  const headers = { "accept-encoding": "gzip, br" };
  const askBoth = () => Promise.all(paths.map((path) => ask(path, { headers })));
  await askBoth();
  change("first/2");
  for (const { headers: got, body } of await askBoth()) {
    expect(got["content-encoding"]).toBe("br");
    expect(String(brotliDecompressSync(body))).toBe("<p>first/1</p>");
  }
  expect((await ask(paths[0] ?? "")).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(rendered.map(({ url }) => url).sort()).toEqual(["/_next/static/chunks/0-a_b.css", "/reader.js"]);
});

test("a request for another build's script goes to Next each time, and no cache stores it", async () => {
  await ask("/reader-0123456789.js");
  for (let times = 1; times <= 2; times++)
    expect((await ask("/reader-9876543210.js")).headers["cache-control"]).toMatch(/no-store/);
  expect(rendered.map(({ url }) => url)).toEqual(Array(3).fill("/reader.js"));
});
