import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { requireDeclaredRoutes } from "./declared-routes.mjs";

const FILES = {
  ".next/app-path-routes-manifest.json": JSON.stringify({
    "/_not-found/page": "/_not-found",
    "/(staff)/newsroom/page": "/newsroom",
    "/newsroom/[id]/refund/route": "/newsroom/[id]/refund",
    "/robots.txt/route": "/robots.txt",
  }),
  ".next/server/pages-manifest.json": JSON.stringify({ "/": "", "/_app": "", "/api/stripe/webhook": "" }),
  "app/newsroom/[id]/refund/route.ts": "export const POST = withStaff();\nexport const GET = withStaff();",
  "app/robots.ts": "export default function robots() {}",
};
const ROWS = [
  "GET /newsroom",
  "POST /newsroom/[id]/refund",
  "GET /newsroom/[id]/refund",
  "GET /",
  "POST /api/stripe/webhook",
  "GET /robots.txt",
];

function check(rows: readonly string[], files: Record<string, string> = FILES) {
  const root = mkdtempSync(join(tmpdir(), "appeal-routes-"));
  const table = rows.map((route) => `| \`${route}\` | everyone | … |`).join("\n");
  for (const [path, text] of Object.entries({ ...files, "docs/rights.md": table })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return () => requireDeclaredRoutes({ output: join(root, ".next"), root });
}

test("accepts a build if docs/rights.md has a line for each of its routes", () => {
  expect(check(ROWS)).not.toThrow();
});

test.each(ROWS)("refuses a build with %s and no line for it", (route) => {
  const rows = ROWS.filter((row) => row !== route);
  const expected =
    route === "POST /api/stripe/webhook" ? "/api/stripe/webhook: it has no right" : `${route}: it has no right`;
  expect(check(rows)).toThrow(expected);
});

test("refuses a line without a route", () => {
  expect(check([...ROWS, "DELETE /newsroom"])).toThrow("DELETE /newsroom: there is no such route");
});

test("refuses a route whose methods it cannot read", () => {
  const files = { ...FILES, "app/newsroom/[id]/refund/route.ts": 'export { POST } from "./elsewhere";' };
  expect(check(ROWS, files)).toThrow("UNKNOWN /newsroom/[id]/refund: it has no right");
});
