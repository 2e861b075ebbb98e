// Sends requests to the site without a cache in between. `npm run test:cache` sends the same requests through an nginx
// cache.
import { describeRequest, HOSTILE_REQUESTS } from "./hostile-requests";
import { expect, firstArticlePath, isFullRun, readerScriptPath, SITE_URL, test } from "./world";

test("no request makes a page's address answer something else that a cache would store", async ({ page, request }) => {
  const script = readerScriptPath(await (await request.get("/")).text());
  const paths = ["/", await firstArticlePath(page), "/feed.xml", "/sitemap.xml", script];
  for (const path of isFullRun ? [...paths, "/ru", "/ru/feed.xml", "/robots.txt"] : paths) {
    const plain = await request.get(path);
    const [status, body] = [plain.status(), await plain.text()];
    expect(status, path).toBe(200);
    for (const hostile of HOSTILE_REQUESTS) {
      const { method = "GET", query, headers } = hostile;
      const address = query ? `${path}?${query}` : path;
      const answer = await request.fetch(address, { method, headers, maxRedirects: 0 });
      const caching = answer.headers()["cache-control"] ?? "";
      const message = `${path} · ${describeRequest(hostile)}: ${answer.status()} ${caching}`;
      if (!/\bpublic\b|s-maxage|\bmax-age=[1-9]/.test(caching)) continue;
      expect(["GET", "HEAD"], message).toContain(method);
      expect([200, 304], message).toContain(answer.status());
      expect(answer.headers()["set-cookie"], message).toBeUndefined();
      if (method === "GET" && answer.status() === 200) expect(await answer.text(), message).toBe(body);
    }
  }
});

test("a page from memory has every header that a page by Next has", async ({ page, request }) => {
  const article = await firstArticlePath(page);
  const headersOf = async (path: string) => {
    const all = (await request.get(path)).headersArray();
    // Leaves out headers that can differ between two responses for the same page.
    const own =
      /^(?:cache-control|etag|content-encoding|content-length|transfer-encoding|date|connection|keep-alive|x-nextjs-.*)$/i;
    return all
      .filter(({ name }) => !own.test(name))
      .map(({ name, value }) => `${name}: ${value}`)
      .sort();
  };
  const byNext = await headersOf("/about-your-gift");
  expect(byNext.length).toBeGreaterThan(8);
  for (const path of ["/", article, `${article}?from=mail`])
    for (const time of ["first", "second"]) expect(await headersOf(path), `${path}, ${time}`).toEqual(byNext);
});

test("only the script of this build may be cached for ever", async ({ request }) => {
  const script = readerScriptPath(await (await request.get("/")).text());
  expect(script).toMatch(/^\/reader-[0-9a-f]{10}\.js$/);
  expect((await request.get(script)).headers()["cache-control"]).toContain("immutable");
  for (const other of ["/reader-0123456789.js", "/reader.js", "/reader.js?v=0123456789"]) {
    const answer = await request.get(other);
    expect(answer.headers()["cache-control"], other).toContain("no-store");
    expect(await answer.text(), other).toBe(await (await request.get(script)).text());
  }
});

test("redirects and errors are never cached", async ({ request }) => {
  const article = "/articles/there-is-none";
  for (const path of [
    `${article}/`,
    "//elsewhere.example",
    article,
    "/articles/%E0%A4%A",
    "/_next/static/none.js",
    "/pictures/none.avif",
  ])
    expect((await request.get(`${SITE_URL}${path}`, { maxRedirects: 0 })).headers()["cache-control"], path).toMatch(
      /no-store/,
    );
});

test("next-auth has no route of its own", async ({ request }) => {
  for (const name of ["signout", "signin", "session", "csrf", "providers", "callback/email", "_log", "error"])
    for (const method of ["GET", "POST"])
      expect((await request.fetch(`/api/auth/${name}`, { method })).status(), `${method} ${name}`).toBe(404);
});
