// Requests the private routes and the forms of docs/rights.md over HTTP. The usual run requests at least one private
// route of each kind, and the full run requests all of them. rights.test.ts tests the same rights, but calls the
// handlers directly.
import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { SIGNED_IN_SUPPORTER } from "./signed-in";
import { expect, firstArticlePath, isFullRun, SITE_URL, test } from "./world";

type Route = { method: string; path: string; right: string };

const RIGHTS = readFileSync(new URL("../docs/rights.md", import.meta.url), "utf8");
const routes: Route[] = [...RIGHTS.matchAll(/^\| `([A-Z]+) ([^`]+)` \| ([^|]+) \|/gm)].map(
  ([, method = "", path = "", right = ""]) => ({
    method,
    path: path.replace(/\[[^\]]+\]/g, "somebody-elses"),
    right: right.trim(),
  }),
);
const ofStaff = routes.filter(({ right }) => /^(staff|colleague)/.test(right));
const ofPeople = routes.filter(({ right }) => ["signed in", "supporter", "has given", "owner"].includes(right));
const behindSignIn = [...ofPeople, ...ofStaff];
const ownSite = { "sec-fetch-site": "same-origin" };

test("a stranger at any private route is sent to sign in, and then back to the same page", async ({ request }) => {
  expect(behindSignIn.length).toBeGreaterThan(5);
  for (const { method, path } of isFullRun ? behindSignIn : oneOfEachKind(behindSignIn)) {
    const answer = await request.fetch(path, { method, headers: ownSite, maxRedirects: 0 });
    expect([303, 307], `${method} ${path}`).toContain(answer.status());
    const { pathname, searchParams } = new URL(answer.headers().location ?? "", SITE_URL);
    expect(pathname, `${method} ${path}`).toBe("/sign-in");
    // `next` is the path to which the sign-in leads. For a download, this is the page that links to the file: a browser
    // would only save a file, and would stay on the sign-in page.
    if (method === "GET") expect([path, dirname(path)], path).toContain(searchParams.get("next")?.split("?")[0]);
    else expect(searchParams.get("next"), `${method} ${path}`).toMatch(/^\/(supporters|newsroom)/);
  }
});

test.describe(() => {
  test.use({ storageState: SIGNED_IN_SUPPORTER.storageState });

  test("for a supporter, staff pages and other people's gifts do not exist", async ({ request }) => {
    expect(new URL((await request.get("/supporters")).url()).pathname).toBe("/supporters");
    await expectAbsent(request, isFullRun ? ofStaff : oneOfEachKind(ofStaff));
    await expectAbsent(
      request,
      routes.filter(({ right }) => right === "owner"),
    );
  });
});

/**
 * Returns one route for each combination of method, part of the site, type of file and right. rights.test.ts tests all
 * routes.
 */
function oneOfEachKind(all: Route[]): Route[] {
  const kindOf = ({ method, path, right }: Route) =>
    [method, path.split("/", 3).join("/"), extname(path), right].join(" ");
  return [...new Map(all.map((route) => [kindOf(route), route])).values()];
}

async function expectAbsent(request: APIRequestContext, absent: Route[]): Promise<void> {
  expect(absent.length).toBeGreaterThan(0);
  for (const { method, path } of absent) {
    const answer = await request.fetch(path, { method, headers: ownSite, maxRedirects: 0 });
    expect(answer.status(), `${method} ${path}`).toBe(404);
    // Checks the server's HTML, which readers without JavaScript see.
    expect(await answer.text(), `${method} ${path}`).toMatch(/<h1[^>]*>There is no such page/);
  }
}

test("every route refuses a form from another site", async ({ request }) => {
  for (const { method, path, right } of routes.filter(({ method }) => method === "POST")) {
    // Skips the routes for Stripe and for mail programs. The site checks a signature in their requests, and not the
    // origin.
    if (right === "Stripe" || right === "mail program") continue;
    const answer = await request.fetch(path, { method, headers: { "sec-fetch-site": "cross-site" }, maxRedirects: 0 });
    expect(answer.status(), `${method} ${path}`).toBe(403);
  }
});

/**
 * The headers that every page must have. The webhook's response must have them too, although it does not go through
 * Next.
 */
const EVERYWHERE = {
  "content-security-policy": expect.stringContaining("default-src 'none'"),
  "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "permissions-policy": expect.stringContaining("camera=()"),
  "cross-origin-opener-policy": "same-origin",
};

/** The headers that every script, stylesheet, font and picture must have. */
const OF_A_FILE = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

test("the files of an article carry the headers of files", async ({ page, request }) => {
  const types = new Set<string>();
  const html = await (await request.get(await firstArticlePath(page))).text();
  const paths = Array.from(
    html.matchAll(/(?:src="|href="|import\(")(\/(?:reader-|_next\/static|pictures)[^"]+)"/g),
    ([, path]) => path ?? "",
  );
  const [sheet = ""] = paths.filter((path) => path.endsWith(".css"));
  const [, font = ""] = /url\(([^)]+\.woff2)\)/.exec(await (await request.get(sheet)).text()) ?? [];
  for (const path of [...paths, new URL(font, SITE_URL + sheet).pathname])
    for (const [method, encoding] of [
      ["GET", "identity"],
      ["GET", "br"],
      ["HEAD", "br"],
    ]) {
      const answer = await request.fetch(path, { method, headers: { "accept-encoding": encoding ?? "" } });
      expect(answer.status(), path).toBe(200);
      expect(answer.headers(), path).toMatchObject(OF_A_FILE);
      for (const name of ["permissions-policy", "cross-origin-opener-policy"])
        expect(answer.headers(), path).not.toHaveProperty(name);
      types.add((answer.headers()["content-type"] ?? "").split(/[/;]/)[0] ?? "");
    }
  expect([...types].sort()).toEqual(["application", "font", "image", "text"]);
});

test("every response but a file carries the same headers, for every route and method", async ({ request }) => {
  for (const path of ["/", "/sign-in", "/api/health", "/there-is-no-such-page", "/api/stripe/webhook"])
    for (const method of ["GET", "HEAD", "PUT"])
      expect((await request.fetch(path, { method })).headers(), `${method} ${path}`).toMatchObject(EVERYWHERE);
  const refused = await request.fetch("/api/stripe/webhook", { method: "PUT", data: "what is not read" });
  expect(refused.headers()).toMatchObject({ allow: "POST", connection: "close" });
});

test("the webhook refuses what Stripe did not sign", async ({ request }) => {
  const now = Math.floor(Date.now() / 1000);
  for (const signature of [undefined, "", "t=1,v1=00", `t=${now},v1=${"0".repeat(64)}`]) {
    const headers = signature === undefined ? undefined : { "stripe-signature": signature };
    const answer = await request.post("/api/stripe/webhook", { data: { id: "evt_x", type: "invoice.paid" }, headers });
    expect(answer.status()).toBe(400);
    expect(answer.headers()).toMatchObject({ ...EVERYWHERE, "cache-control": "no-store" });
  }
});
