// Makes the build fail if its routes differ from the routes in docs/rights.md. So every released page has an entry
// there that says who may open it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../run/console.mjs";

/**
 * Routes that need no line in docs/rights.md. Next adds them itself, or they only wrap other pages. A file of ours,
 * such as pages/500.tsx, can replace one.
 */
const OWN = ["/_app", "/_document", "/_error", "/_global-error", "/_not-found", "/404", "/500"];
const METADATA = {
  "/robots.txt/route": "robots.ts",
  "/sitemap.xml/route": "sitemap.ts",
  "/manifest.webmanifest/route": "manifest.ts",
};

/** @param {{ output: string, root: string }} folders */
export function requireDeclaredRoutes({ output, root }) {
  const declared = readDeclared(readFileSync(join(root, "docs/rights.md"), "utf8"));
  const built = [...builtInApp(output, root), ...builtInPages(output, declared)];
  const undeclared = built.filter((route) => !declared.includes(route));
  const missing = declared.filter((route) => !built.includes(route));
  if (undeclared.length + missing.length === 0) return;
  throw new CommandError(
    [
      "docs/rights.md does not match the routes of this build.",
      ...undeclared.map((route) => `  ${route}: it has no right. Add a line, and a check to the route.`),
      ...missing.map((route) => `  ${route}: there is no such route. Remove the line.`),
    ].join("\n"),
  );
}

/** Returns the routes in rows of the form | `GET /supporters` | signed in | … @param {string} table */
function readDeclared(table) {
  return [...table.matchAll(/^\| `([A-Z]+ [^`]+)` \| [^|]+ \|/gm)].map(([, route = ""]) => route);
}

/** @param {string} output @param {string} root */
function builtInApp(output, root) {
  /** @type {Record<string, string>} */
  const manifest = JSON.parse(readFileSync(join(output, "app-path-routes-manifest.json"), "utf8"));
  return Object.entries(manifest)
    .filter(([, path]) => !OWN.includes(path))
    .flatMap(([key, path]) => methodsOf(key, root).map((method) => `${method} ${path}`));
}

/**
 * Returns GET for a page, and for a handler the methods that its file exports. If it exports none, returns UNKNOWN:
 * docs/rights.md never declares UNKNOWN, so the build then fails.
 */
function methodsOf(/** @type {string} */ key, /** @type {string} */ root) {
  if (key.endsWith("/page") || isMetadata(key, root)) return ["GET"];
  const file = ["ts", "tsx"].map((ending) => join(root, `app${key}.${ending}`)).find(existsSync);
  const source = file ? readFileSync(file, "utf8") : "";
  const found = source.matchAll(
    /^export (?:const|function|async function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm,
  );
  const methods = [...found].map(([, method = ""]) => method);
  return methods.length > 0 ? methods : ["UNKNOWN"];
}

/** @param {string} key @param {string} root */
function isMetadata(key, root) {
  const file = Object.entries(METADATA).find(([route]) => route === key)?.[1];
  return file !== undefined && existsSync(join(root, "app", file));
}

/**
 * Returns the routes under pages/, with their methods. Next does not know which methods a handler in pages/api/
 * accepts. So its methods come from `declared` (the routes in docs/rights.md). If the handler is missing there, its
 * method is GET.
 * @param {string} output @param {string[]} declared
 */
function builtInPages(output, declared) {
  /** @type {Record<string, string>} */
  const manifest = JSON.parse(readFileSync(join(output, "server/pages-manifest.json"), "utf8"));
  return Object.keys(manifest)
    .filter((path) => !OWN.includes(path))
    .flatMap((path) => {
      const ofPath = declared.filter((route) => route.endsWith(` ${path}`));
      return path.startsWith("/api/") && ofPath.length > 0 ? ofPath : [`GET ${path}`];
    });
}
