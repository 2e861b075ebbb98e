import { get } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliCompressSync } from "node:zlib";
import type { Request } from "@playwright/test";
import { layoutShiftOf, watchLayoutShifts } from "./layout-shifts";
import { expect, firstArticlePath, SITE_URL, test, testInFullRun } from "./world";

/**
 * The limit for the page's script together with the inline script that loads it, in compressed bytes including headers.
 * An empty page of a framework has more than ten times as much.
 */
const MAX_SCRIPT_BYTES = 8_192;

/**
 * The limits for one visit to an article, in compressed bytes including headers. They apply to each language. `all`:
 * the whole page with one picture.
 */
const MAX_BYTES = { document: 12_288, font: 50_000, all: 150_000 };

for (const language of ["en", "ru"] as const)
  test(`a cold visit of an article in ${language} on a sharp telephone is light`, async ({ browser }) => {
    const context = await browser.newContext({
      ...{ baseURL: SITE_URL, viewport: { width: 390, height: 740 } },
      ...{ deviceScaleFactor: 3, isMobile: true, hasTouch: true },
    });
    const page = await context.newPage();
    await watchLayoutShifts(page);
    const order: string[] = [];
    page.on("request", (request) => order.push(`asks: ${request.resourceType()}`));
    const finished: Promise<{ type: string; bytes: number }>[] = [];
    page.on("requestfinished", (request) => {
      order.push(`has: ${request.resourceType()}`);
      const bytes = request
        .sizes()
        .then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize);
      finished.push(bytes.then((all) => ({ type: request.resourceType(), bytes: all })));
    });
    await page.goto(await firstArticlePath(page, language), { waitUntil: "networkidle" });
    const count = (event: string) => order.filter((each) => each === event).length;
    // The browser has loaded the fonts by now, but Playwright can report later that their requests have finished.
    await expect.poll(() => count("has: font")).toBe(count("asks: font"));
    const loaded = await Promise.all(finished);
    const sumOf = (isCounted: (type: string) => boolean) =>
      loaded.filter(({ type }) => isCounted(type)).reduce((sum, { bytes }) => sum + bytes, 0);
    for (const kind of ["document", "font"] as const) {
      const bytes = sumOf((type) => type === kind);
      expect(bytes, kind).toBeGreaterThan(5_000);
      expect(bytes, kind).toBeLessThanOrEqual(MAX_BYTES[kind]);
    }
    expect(loaded.filter(({ type }) => type === "image")).toHaveLength(1);
    expect(sumOf(() => true)).toBeLessThanOrEqual(MAX_BYTES.all);
    for (const kind of ["font", "script"])
      expect(order.indexOf(`asks: ${kind}`), `a ${kind} comes after the picture`).toBeGreaterThan(
        order.indexOf("has: image"),
      );
    expect(await layoutShiftOf(page), "the type moves next to nothing").toBeLessThan(0.05);
    await context.close();
  });

test("a reader's second article has its typefaces before it has loaded", async ({ page }) => {
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (document.body?.className !== "typeset") return;
      document.documentElement.dataset.typesetAt = document.readyState;
      watch.disconnect();
    });
    watch.observe(document, { attributeFilter: ["class"], childList: true, subtree: true });
  });
  const typesetAt = () => page.locator("html").getAttribute("data-typeset-at");
  await page.goto(await firstArticlePath(page));
  expect(await typesetAt()).toBe("complete");
  const [other] = await page.locator(".related a[href^='/articles/']").all();
  await page.goto(String(await other?.getAttribute("href")));
  expect(await typesetAt()).toBe("loading");
});

/** The limit for an article's HTML with gzip, in bytes without headers. Browsers get brotli, which is smaller. */
const MAX_GZIP_BYTES = 12 * 1_024;

for (const language of ["en", "ru"] as const)
  test(`the HTML of an article in ${language} is light with gzip too`, async ({ request }) => {
    const { hostname, port, pathname } = new URL(await firstArticlePath({ request }, language), SITE_URL);
    const bytes = await new Promise<number>((resolve, reject) => {
      get({ hostname, port, path: pathname, headers: { "accept-encoding": "gzip" } }, async (response) => {
        expect(response.headers["content-encoding"]).toBe("gzip");
        resolve((await buffer(response)).length);
      }).on("error", reject);
    });
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(MAX_GZIP_BYTES);
  });

test("an article sets no cookie, loads one small script of its own, has structured data, and prints without buttons", async ({
  page,
  context,
  request,
}) => {
  const article = await firstArticlePath(page);
  const scripts: number[] = [];
  page.on("response", async (response) => {
    if (response.request().resourceType() !== "script") return;
    const { responseBodySize, responseHeadersSize } = await response.request().sizes();
    scripts.push(responseBodySize + responseHeadersSize);
  });
  const answer = await page.goto(article, { waitUntil: "networkidle" });

  await test.step("it is light", async () => {
    expect(answer?.headers()["set-cookie"]).toBeUndefined();
    expect(await context.cookies()).toEqual([]);
    await expect.poll(() => scripts).toHaveLength(1);
    const inline = await page.locator("script:not([type='application/ld+json'])").allInnerTexts();
    expect(inline).toHaveLength(1);
    expect(inline[0]).toContain("import(");
    const inlineBytes = brotliCompressSync(inline.join("")).length;
    expect(scripts[0]).toBeGreaterThan(0);
    expect(inlineBytes + Number(scripts[0])).toBeLessThan(MAX_SCRIPT_BYTES);
  });

  await test.step("it has structured data", async () => {
    const headline = await page.getByRole("heading", { level: 1 }).innerText();
    const data = JSON.parse(await page.locator("script[type='application/ld+json']").innerText());
    expect(data).toMatchObject({ "@type": "NewsArticle", headline });
    await expect(page.locator("meta[property='og:title']")).toHaveAttribute("content", headline);
    await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", /^https?:\/\/.+\/articles\//);
    const path = new URL(page.url()).pathname;
    expect(await (await request.get("/feed.xml")).text()).toContain(path);
    expect(await (await request.get("/sitemap.xml")).text()).toContain(path);
  });

  await test.step("on paper it has its URL, dark text on white, and no buttons", async () => {
    const address = page.getByText(page.url(), { exact: true });
    const appeal = page.locator("[data-appeal-end]");
    await expect(address).toBeHidden();
    await expect(appeal).toBeVisible();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect(address).toBeVisible();
    for (const each of [appeal, page.getByRole("navigation").first(), page.locator(".related")])
      await expect(each).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 })).toHaveCSS("color", "rgb(0, 0, 0)");
    await expect(page.locator("html")).toHaveCSS("background-color", "rgb(255, 255, 255)");
    await expect(page.locator(".picture img").first()).toHaveCSS("filter", "none");
  });
});

test("an article has its own card and two small pictures, and the icon is at its usual address", async ({
  request,
}) => {
  const html = await (await request.get(await firstArticlePath({ request }))).text();
  const [, card = ""] = /property="og:image" content="https?:\/\/[^/]+([^"]+)"/.exec(html) ?? [];
  const [, least = "", small = ""] = /srcSet="([^ ]+) 640w, ([^ ]+) 800w/i.exec(html) ?? [];
  expect(card).toMatch(/^\/cards\/.+\.jpg$/);
  expect(least).toMatch(/^\/pictures\/640\//);
  expect(small).toMatch(/^\/pictures\/800\//);
  for (const [path, type] of [
    [card, "image/jpeg"],
    [least, "image/avif"],
    [small, "image/avif"],
    ["/favicon.ico", "image/x-icon"],
  ] as const) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()["content-type"], path).toContain(type);
  }
  expect((await request.get("/cards/no-such-article.jpg")).status()).toBe(404);
  for (const page of [html, await (await request.get("/sign-in")).text()])
    for (const scheme of ["light", "dark"])
      expect(page).toMatch(new RegExp(`<meta name="theme-color"[^>]*prefers-color-scheme: ${scheme}`));
});

/**
 * The limit for the picture of 640 px, in bytes including headers. A larger one needs another round trip on
 * Lighthouse's slow connection (docs/decisions/039-a-third-size-of-pictures.md).
 */
const MAX_PICTURE_BYTES = 24_800;

/**
 * `dots`: the pixel density; Lighthouse's phone has 1.75. `copy`: the width of the picture's copy that the phone must
 * load. The usual test run tries only the two phones with `isUsual`, which are closest to the limit between the two
 * copies.
 */
for (const { width, dots, copy, isUsual = false } of [
  { width: 412, dots: 1.75, copy: 640, isUsual: true },
  { width: 320, dots: 2, copy: 640 },
  { width: 412, dots: 2.625, copy: 800 },
  { width: 360, dots: 3, copy: 800, isUsual: true },
  { width: 390, dots: 3, copy: 800 },
  { width: 430, dots: 3, copy: 800 },
])
  (isUsual ? test : testInFullRun)(
    `a telephone ${width} px wide with ${dots} dots a pixel loads the picture of ${copy} px`,
    async ({ browser }) => {
      const context = await browser.newContext({
        ...{ baseURL: SITE_URL, viewport: { width, height: 740 } },
        ...{ deviceScaleFactor: dots, isMobile: true, hasTouch: true },
      });
      const page = await context.newPage();
      const pictures: Request[] = [];
      page.on("requestfinished", (request) => {
        if (request.resourceType() === "image") pictures.push(request);
      });
      await page.goto(await firstArticlePath(page), { waitUntil: "networkidle" });
      expect(pictures.map((request) => new URL(request.url()).pathname)).toEqual([
        expect.stringContaining(`/pictures/${copy}/`),
      ]);
      const sizes = await pictures[0]?.sizes();
      if (copy === 640)
        expect((sizes?.responseBodySize ?? 0) + (sizes?.responseHeadersSize ?? 0)).toBeLessThanOrEqual(
          MAX_PICTURE_BYTES,
        );
      await context.close();
    },
  );

test("an article is the same for every reader, and any cache may store it", async ({ request }) => {
  const article = await firstArticlePath({ request });
  const [one, other] = await Promise.all([
    request.get(article, { headers: { cookie: "a=b", "accept-language": "ru" } }),
    request.get(article, { headers: { "user-agent": "another" } }),
  ]);
  expect(await one.text()).toBe(await other.text());
  expect(one.headers()["cache-control"]).toMatch(/^public, .*s-maxage=\d+/);
});
