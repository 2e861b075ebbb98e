import { expect, firstArticlePath, type Page, SITE_URL, test } from "./world";

type Links = { language: string; canonical: string; alternates: Record<string, string> };

test("each page names its own URL and its version in every language, and those versions name the same URLs", async ({
  request,
}) => {
  const front = await linksOf(request, `${SITE_URL}/`);
  const languages = Object.keys(front.alternates).filter((language) => language !== "x-default");
  expect(languages).toContain("ru");
  for (const path of ["/", "/give", "/about-your-gift", "/banner-manners", "/quiet"]) {
    const { alternates } = await linksOf(request, SITE_URL + path);
    expect(Object.keys(alternates), path).toEqual([...languages, "x-default"]);
    expect(alternates["x-default"], path).toBe(SITE_URL + path);
    for (const language of languages) {
      const address = alternates[language] ?? "";
      expect(await linksOf(request, address), address).toEqual({ language, canonical: address, alternates });
    }
  }
});

test("an article names its own URL and its language's feed, and declares no translation", async ({ request }) => {
  const path = await firstArticlePath({ request }, "ru");
  const html = await (await request.get(path)).text();
  expect(linksIn(html)).toEqual({ language: "ru", canonical: SITE_URL + path, alternates: {} });
  expect(html).toContain('href="/ru/feed.xml"');
});

test("the sitemap names each page once, and the versions of each are in it", async ({ request }) => {
  const xml = await (await request.get("/sitemap.xml")).text();
  const pages = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address);
  const versions = [...xml.matchAll(/hreflang="[^"]+" href="([^"]+)"/g)].map(([, address]) => address);
  expect(versions.length).toBeGreaterThan(0);
  expect(new Set(pages).size).toBe(pages.length);
  for (const address of versions) expect(pages).toContain(address);
});

test("no cache keeps the page of one language under the URL of another", async ({ request }) => {
  for (const path of [
    "/",
    "/ru",
    "/",
    "/ru",
    "/quiet",
    "/ru/quiet",
    "/give",
    "/ru/give",
    "/feed.xml",
    "/ru/feed.xml",
  ]) {
    const expected = path.startsWith("/ru") ? "ru" : "en";
    const answers = ["ru", "en", "de;q=0.9"].map((accept) =>
      request.get(path, { headers: { "accept-language": accept } }),
    );
    const texts = await Promise.all(answers.map(async (answer) => (await answer).text()));
    for (const text of texts) {
      const [, language] = /<html[^>]* lang="([^"]+)"|<language>([^<]+)/.exec(text)?.filter(Boolean) ?? [];
      expect(language, path).toBe(expected);
    }
  }
});

/** Public pages that have the same URL in every language. */
const ONE_ADDRESS = [
  "/sign-in",
  "/remind-me",
  "/remind-me/sent",
  "/remind-me/confirm",
  "/unsubscribe",
  "/address-change",
  "/erased",
  "/thank-you",
  "/try-again",
  "/give/wait",
  "/there-is-no-such-page",
];

test("a page with the same URL in every language uses the link's language, else the browser's, and no cache keeps it", async ({
  request,
}) => {
  for (const path of ONE_ADDRESS)
    for (const [query, accept, language] of [
      ["", "ru", "ru"],
      ["", "en", "en"],
      ["", "fr", "en"],
      ["?language=ru", "en", "ru"],
    ] as const) {
      const answer = await request.get(path + query, { headers: { "accept-language": accept } });
      const name = `${path}${query} for ${accept}`;
      expect(answer.headers()["cache-control"], name).toContain("no-store");
      expect(mainOf(await answer.text()), name).toEqual({ language, isRussian: language === "ru" });
    }
});

test("a mailed link that is not ours finds a page that needs no script, in the language of the link or the browser", async ({
  request,
}) => {
  for (const path of ["/your-gift/not-ours", "/wrong-address/not-ours"])
    for (const [query, accept, language] of [
      ["", "ru", "ru"],
      ["", "en", "en"],
      ["?language=ru", "en", "ru"],
    ] as const) {
      const answer = await request.get(path + query, { headers: { "accept-language": accept } });
      expect(answer.status(), path).toBe(404);
      expect(answer.headers()["cache-control"], path).toContain("no-store");
      expect(mainOf(await answer.text()), `${path}${query} for ${accept}`).toEqual({
        language,
        isRussian: language === "ru",
      });
    }
});

test("the page for a missing article is in the browser's language, and no cache keeps it", async ({ request }) => {
  for (const path of ["/articles/there-is-none", "/articles/there/is-none"])
    for (const language of ["ru", "en", "ru"] as const) {
      const answer = await request.get(path, { headers: { "accept-language": language } });
      expect(answer.status(), path).toBe(404);
      expect(answer.headers()["cache-control"], path).toContain("no-store");
      const html = await answer.text();
      expect(mainOf(html), path).toEqual({ language, isRussian: language === "ru" });
      expect(/<title[^>]*>([^<]+)/.exec(html)?.[1], path).toMatch(/ · \S/);
    }
});

/** Returns the page's declared language. `isRussian`: whether the heading contains Russian letters. */
function mainOf(html: string): { language: string; isRussian: boolean } {
  const [, language = ""] = /<html[^>]* lang="([^"]+)"/.exec(html) ?? [];
  const [, heading = ""] = /<h1[^>]*>([^<]+)/.exec(html) ?? [];
  return { language, isRussian: /[а-я]/.test(heading) };
}

async function linksOf(request: Page["request"], address: string): Promise<Links> {
  const answer = await request.get(address);
  expect(answer.status(), address).toBe(200);
  return linksIn(await answer.text());
}

function linksIn(html: string): Links {
  const tags = [...html.matchAll(/<link [^>]*>/g)].map(([tag]) => tag);
  const value = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`, "i").exec(tag)?.[1] ?? "";
  const ofRel = (rel: string) => tags.filter((tag) => value(tag, "rel") === rel);
  const alternates = ofRel("alternate").filter((tag) => value(tag, "hreflang"));
  return {
    language: value(/<html[^>]*>/.exec(html)?.[0] ?? "", "lang"),
    canonical: ofRel("canonical")
      .map((tag) => value(tag, "href"))
      .join(" "),
    alternates: Object.fromEntries(alternates.map((tag) => [value(tag, "hreflang"), value(tag, "href")])),
  };
}
