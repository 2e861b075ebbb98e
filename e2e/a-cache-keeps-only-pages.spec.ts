// What a shared cache may keep is the page itself and nothing else, whatever a stranger asks for. `npm run test:cache` tries the
// same behind nginx.
import { HOSTILE_REQUESTS, nameOf } from "./hostile-requests";
import { expect, firstArticle, SITE, test } from "./world";

test("a stranger cannot make a page's address answer something that a cache would keep", async ({ page, request }) => {
  const script = await page
    .goto("/")
    .then(() => page.locator("head script[src]").getAttribute("src"))
    .then(String);
  for (const path of ["/", await firstArticle(page), "/feed.xml", "/sitemap.xml", "/robots.txt", script]) {
    const plain = await request.get(path);
    const [status, body] = [plain.status(), await plain.text()];
    expect(status, path).toBe(200);
    for (const hostile of HOSTILE_REQUESTS) {
      const { method = "GET", query, headers } = hostile;
      const asked = query ? `${path}?${query}` : path;
      const answer = await request.fetch(asked, { method, headers, maxRedirects: 0 });
      const keeps = answer.headers()["cache-control"] ?? "";
      const told = `${path} · ${nameOf(hostile)}: ${answer.status()} ${keeps}`;
      if (!/\bpublic\b|s-maxage|\bmax-age=[1-9]/.test(keeps)) continue;
      expect(["GET", "HEAD"], told).toContain(method);
      expect([200, 304], told).toContain(answer.status());
      expect(answer.headers()["set-cookie"], told).toBeUndefined();
      if (method === "GET" && answer.status() === 200) expect(await answer.text(), told).toBe(body);
    }
  }
});

test("only this build's own script may be kept for ever", async ({ page, request }) => {
  await page.goto("/");
  const script = String(await page.locator("head script[src]").getAttribute("src"));
  expect(script).toMatch(/^\/reader-[0-9a-f]{10}\.js$/);
  expect((await request.get(script)).headers()["cache-control"]).toContain("immutable");
  for (const other of ["/reader-0123456789.js", "/reader.js", "/reader.js?v=0123456789"]) {
    const answer = await request.get(other);
    expect(answer.headers()["cache-control"], other).toContain("no-store");
    expect(await answer.text(), other).toBe(await (await request.get(script)).text());
  }
});

test("redirects and errors are nobody's to keep, wherever they come from", async ({ request }) => {
  const article = "/articles/there-is-none";
  for (const path of [
    `${article}/`,
    "//elsewhere.example",
    article,
    "/articles/%E0%A4%A",
    "/_next/static/none.js",
    "/pictures/none.avif",
  ])
    expect((await request.get(`${SITE}${path}`, { maxRedirects: 0 })).headers()["cache-control"], path).toMatch(
      /no-store/,
    );
});

test("next-auth answers at no address of its own", async ({ request }) => {
  for (const door of ["signout", "signin", "session", "csrf", "providers", "callback/email", "_log", "error"])
    for (const method of ["GET", "POST"])
      expect((await request.fetch(`/api/auth/${door}`, { method })).status(), `${method} ${door}`).toBe(404);
});
