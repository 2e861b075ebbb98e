// These tests use a publication that offers German and English. There are no German messages, so the texts stay
// English.
import { readdirSync } from "node:fs";
import { NextRequest } from "next/server";
import { createElement, type FunctionComponent, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { newsArticleJsonLd } from "@/components/article/news-article-json-ld";
import { createFreshLedgerAndSettings } from "@/prisma/fresh-ledger";
import { publication } from "@/publication";
import { listArticles } from "@/systems/content";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";

const SITE = "http://127.0.0.1:3000";
const [article] = listArticles();
let bench: StandIn;

beforeAll(async () => {
  bench = await openStandIn();
  const settings = { ...testEnvironmentFor(bench), ...(await createFreshLedgerAndSettings()) };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const { seedFirstAppeal } = await import("@/systems/appeals/seed");
  await seedFirstAppeal(await ledger());
});
afterAll(async () => {
  await (await ledger()).$disconnect();
  await bench.close();
});
beforeEach(() => offer(["en", "de"]));
afterEach(() => {
  offer(["en"]);
  if (article) article.language = "en";
});

function offer(languages: string[]): void {
  Object.assign(publication, { languages });
}

async function ledger() {
  return (await import("@/systems/database")).database();
}

type Page = { getServerSideProps: (context: never) => Promise<unknown> };

async function propsOf(page: Page, context: Record<string, unknown>): Promise<Record<string, unknown> | null> {
  const answer = (await page.getServerSideProps({ query: {}, req: { headers: {} }, ...context } as never)) as {
    props?: Record<string, unknown>;
  };
  return answer.props ?? null;
}

async function renderPage(page: unknown, context: Record<string, unknown>): Promise<string> {
  const props = await propsOf(page as Page, context);
  if (!props) throw new Error("not found");
  return renderToStaticMarkup(createElement((page as { default: FunctionComponent<typeof props> }).default, props));
}

const PAGES = [
  ["", () => import("@/pages/[language]")],
  ["/give", () => import("@/pages/[language]/give")],
  ["/about-your-gift", () => import("@/pages/[language]/about-your-gift")],
  ["/banner-manners", () => import("@/pages/[language]/banner-manners")],
] as const;

test.each(PAGES)("/de%s exists if German is offered, and links to pages in both languages", async (path, load) => {
  const page = await load();
  const html = await renderPage(page, { params: { language: "de" }, query: { language: "de" } });
  expect(html).toContain('href="/de"');
  expect(html).toContain('href="/de/give"');
  const toEnglish = `<a href="${path || "/"}" lang="en" hrefLang="en">English</a>`;
  expect(html).toContain(toEnglish);
  expect(html.replace(toEnglish, "")).not.toMatch(/href="\/(?:give|about-your-gift|banner-manners|feed\.xml)?"/);
  for (const language of ["en", "fr", "DE"]) expect(await propsOf(page as Page, { params: { language } })).toBe(null);
  offer(["en"]);
  expect(await propsOf(page as Page, { params: { language: "de" } })).toBe(null);
});

test("the page for waiting is in the language of its link, else in one of the browser's", async () => {
  const page = await import("@/pages/give/wait");
  const localeFor = async (url: string, accepted: string) =>
    (await propsOf(page as Page, { req: { url, headers: { "accept-language": accepted } } }))?.locale;
  expect(await localeFor("/give/wait", "de")).toBe("de");
  expect(await localeFor("/give/wait", "fr")).toBe("en");
  expect(await localeFor("/give/wait?language=en", "de")).toBe("en");
});

test("a site in one language has no language links and no URLs that begin with a language", async () => {
  offer(["en"]);
  const html = await renderPage(await import("@/pages/index"), {});
  expect(html).not.toMatch(/hreflang|"\/en|"\/de/i);
  const { alternateLinks } = await import("@/components/site/other-languages");
  expect(alternateLinks({ site: SITE, path: "/give" })).toBe(null);
});

test("each language's front page, feed and related articles list only articles in that language", async () => {
  if (!article) throw new Error("no article");
  article.language = "de";
  const front = await renderPage(await import("@/pages/index"), {});
  const german = await renderPage(await import("@/pages/[language]"), { params: { language: "de" } });
  expect(front).not.toContain(article.headline);
  expect(german).toContain(`/articles/${article.slug}`);
  expect(german.match(/href="\/articles\//g)).toHaveLength(1);
  const { GET } = await import("./feed.xml/route");
  const feed = await GET(new Request(SITE), { params: Promise.resolve({ language: "de" }) }).then((it) => it.text());
  expect(feed).toContain(`<link>${SITE}/de</link>`);
  expect(feed).toContain("<language>de</language>");
  expect(feed.match(/<item>/g)).toHaveLength(1);
  const related = await propsOf((await import("@/pages/articles/[slug]")) as Page, { params: { slug: article.slug } });
  expect(related).toMatchObject({ locale: "de", related: [] });
});

test("an article's gift form sends its language, and that of the default language sends none", async () => {
  if (!article) throw new Error("no article");
  const page = await import("@/pages/articles/[slug]");
  const context = { params: { slug: article.slug } };
  expect(await renderPage(page, context)).not.toContain('name="language"');
  article.language = "de";
  const html = await renderPage(page, context);
  expect(html.match(/<input type="hidden" name="language" value="de"\/>/g)).toHaveLength(1);
  expect(newsArticleJsonLd({ article, publication, site: SITE })).toContain('"inLanguage":"de"');
});

test("a gift keeps its language: at Stripe, in the ledger, in the cancel URL and on the thank-you page", async () => {
  const location = await start({ language: "de", amount: "30" });
  expect(location).toMatch(`${bench.url}/c/pay/`);
  const db = await ledger();
  const gift = await db.gift.findFirstOrThrow({ where: { locale: "de" } });
  const { stripe } = await import("@/systems/stripe/client");
  const session = await stripe().checkout.sessions.retrieve(gift.checkoutSessionId ?? "");
  expect(session).toMatchObject({ locale: "de", metadata: { locale: "de" } });
  expect(session.cancel_url).toMatch(`${SITE}/de/give?`);
  const thanks = (await import("@/pages/thank-you")) as unknown as Page;
  expect(await propsOf(thanks, { query: { session: gift.checkoutSessionId } })).toMatchObject({
    locale: "de",
    after: { reading: { path: "/de" } },
  });
});

test("a refused form comes back in its language, or in the default one if the site does not offer it", async () => {
  expect(await start({ language: "de", amount: "nothing" })).toMatch(/^\/de\/give\?/);
  expect(await start({ language: "fr", amount: "nothing" })).toMatch(/^\/give\?/);
  expect(await start({ language: "/evil.example", amount: "nothing" })).toMatch(/^\/give\?/);
  await start({ language: "fr", amount: "41" });
  expect(await (await ledger()).gift.findFirstOrThrow({ where: { amountMinor: 4100 } })).toMatchObject({
    locale: "en",
  });
});

async function start(fields: { language: string; amount: string }): Promise<string> {
  const { newFormToken } = await import("@/systems/giving/form-token");
  const form = { form: newFormToken(new Date(Date.now() - 2_000)), every: "once", currency: "USD", ...fields };
  const headers = { origin: SITE, "sec-fetch-site": "same-origin" };
  const { POST } = await import("@/app/give/start/route");
  const request = new Request(`${SITE}/give/start`, { method: "POST", body: new URLSearchParams(form), headers });
  return (await POST(request, { params: Promise.resolve({}) })).headers.get("location") ?? "";
}

test("the server keeps the pages of offered languages in memory, and no others", async () => {
  const { newPageCache } = await import("@/systems/fast-path/server/page-cache");
  const none = async () => {};
  const { isCacheable } = newPageCache({
    ...{
      scriptVersion: "0",
      paymentHosts: "",
      answerPage: none,
      cacheKeys: async () => ({ articleLists: "", appeal: "", articlePages: "" }),
      hasArticle: () => true,
    },
  });
  const live = (url: string) => isCacheable({ method: "GET", url });
  for (const url of ["/de", "/de/banner-manners", "/de/feed.xml"]) expect(live(url), url).toBe(true);
  for (const url of ["/fr", "/en", "/de/give", "/de/", "/de/x/feed.xml"]) expect(live(url), url).toBe(false);
  offer(["en"]);
  expect(live("/de")).toBe(false);
});

test("the sitemap names each page in each language", async () => {
  const { default: sitemap } = await import("@/app/sitemap");
  const entries = sitemap();
  const give = { en: `${SITE}/give`, de: `${SITE}/de/give` };
  for (const url of Object.values(give)) expect(entries).toContainEqual({ url, alternates: { languages: give } });
  offer(["en"]);
  expect(sitemap()).toContainEqual({ url: give.en });
  expect(sitemap().some(({ url }) => url.includes("/de"))).toBe(false);
});

test("the HTML document has the page's language, direction and feed", async () => {
  offer(["en", "ar"]);
  const { default: Document } = await import("@/pages/_document");
  const rendered = (pageProps: object) =>
    Document({ forScript: {}, __NEXT_DATA__: { props: { pageProps } } } as never) as ReactElement<object>;
  expect(rendered({ locale: "ar" }).props).toMatchObject({ lang: "ar", dir: "rtl" });
  expect(JSON.stringify(rendered({ locale: "ar" }))).toContain('"href":"/ar/feed.xml"');
  for (const pageProps of [{}, { locale: "fr" }])
    expect(rendered(pageProps).props).toMatchObject({ lang: "en", dir: "ltr" });
});

test("the pages of an offered language have the content policy of readers' pages, and every other page gets a nonce", async () => {
  const { proxy } = await import("@/proxy");
  const policyOf = (path: string) => proxy(new NextRequest(SITE + path)).headers.get("content-security-policy");
  for (const path of ["/de", "/de/give", "/de/about-your-gift", "/de/banner-manners", "/de/income"])
    expect(policyOf(path), path).toBe(null);
  for (const path of ["/fr", "/de/give/pay", "/de/supporters", "/supporters"])
    expect(policyOf(path), path).toContain("'nonce-");
});

test("no page with the inline script gets a nonce, because the nonce's policy would refuse that script", async () => {
  const [matcher = ""] = (await import("@/proxy")).config.matcher;
  const files = readdirSync("pages", { recursive: true, encoding: "utf8" });
  const pages = files.filter((file) => file.endsWith(".tsx") && !/^(?:\[language\]|_|500)/.test(file));
  const paths = pages.map((file) => `/${file.replace(/\.tsx$/, "").replace(/(?:^|\/)index$/, "")}`);
  expect(paths).toContain("/give/pay");
  expect(paths.filter((path) => new RegExp(`^${matcher}$`).test(path))).toEqual([]);
});
