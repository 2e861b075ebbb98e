// The production build, made only where its sources are not those of the last one: a second start takes seconds.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ensureClient } from "../database/prisma.mjs";
import { bringStaticBack, setStaticAside } from "../run/kept-static.mjs";
import { ROOT } from "../run/paths.mjs";
import { mustRun } from "../run/spawn.mjs";
import { filesUnder, fingerprintOf, readStamp, writeStamp } from "./fingerprint.mjs";
import { bundleServer, SERVER } from "./server-bundle.mjs";

const READER_SCRIPT = join(ROOT, "public/reader.js");
const OUTPUT = join(ROOT, ".next");
const STAMP = join(OUTPUT, "appeal-build.json");
export const DEFAULT_SITE = "http://127.0.0.1:3000";
/** Folders whose files never reach a page that is served. */
const NOT_BUILT = new Set([
  "node_modules",
  "generated",
  "packages",
  "e2e",
  "lab",
  "docs",
  "test-results",
  "playwright-report",
]);

/**
 * What lies in .next: `{ sources, siteUrl, readerScriptVersion }`, or null where nothing usable does.
 * The address is part of it, because prerendered pages name it (canonical link, feed, sitemap).
 */
export function findBuild() {
  const isWhole = existsSync(join(ROOT, ".next/BUILD_ID")) && existsSync(SERVER);
  const stamp = isWhole ? readStamp(STAMP) : null;
  const build = stamp ? JSON.parse(stamp) : null;
  return build && readerScriptVersion() === build.readerScriptVersion ? build : null;
}

/** The version of the script that lies in public/, by its bytes: another command may have bundled it anew since the build. */
function readerScriptVersion() {
  if (!existsSync(READER_SCRIPT)) return null;
  return createHash("sha256").update(readFileSync(READER_SCRIPT)).digest("hex").slice(0, 10);
}

/** Whether the build on disk was made from the sources as they are now. */
export function isBuildCurrent(build, siteUrl) {
  return (
    build !== null && build.sources === sourcesFingerprint() && (siteUrl === undefined || build.siteUrl === siteUrl)
  );
}

/**
 * Builds where needed and returns what findBuild() tells. Without `siteUrl` a build for any address is good enough: the tests
 * then leave alone the one from which a demo may be running.
 */
export async function ensureBuilt({ siteUrl } = {}) {
  const last = findBuild();
  if (isBuildCurrent(last, siteUrl)) return last;
  return build(siteUrl ?? last?.siteUrl ?? DEFAULT_SITE);
}

export async function build(siteUrl) {
  rmSync(STAMP, { force: true });
  const { buildReaderScript, writeAccentStyle } = await import("./reader-script.mjs");
  // First, as it may change a source: the stylesheet repeats the colours of publication.ts.
  await writeAccentStyle();
  const sources = sourcesFingerprint();
  await ensureClient();
  const version = await buildReaderScript();
  const env = { NODE_ENV: "production", SITE_URL: siteUrl, READER_SCRIPT_VERSION: version };
  setStaticAside(OUTPUT);
  await mustRun("Building the site", [join(ROOT, "node_modules/next/dist/bin/next"), "build"], { env });
  bringStaticBack(OUTPUT, new Date());
  await bundleServer();
  const made = { sources, siteUrl, readerScriptVersion: version };
  writeStamp(STAMP, JSON.stringify(made));
  return made;
}

function sourcesFingerprint() {
  return fingerprintOf(filesUnder(ROOT, isLeftOut), process.versions.node);
}

function isLeftOut(name, path) {
  const place = relative(ROOT, path);
  if (name.startsWith(".") || name.endsWith(".tsbuildinfo") || name === "next-env.d.ts") return true;
  if (!place.includes(sep) && (NOT_BUILT.has(name) || name.endsWith(".md") || /\.(db|db-wal|db-shm)$/.test(name)))
    return true;
  if (place.startsWith(`public${sep}reader`)) return true;
  if (place.startsWith(`tools${sep}`))
    return !["reader-script.mjs", "server-bundle.mjs", "serve.ts", "end-in-order.mjs", "headers.mjs"].includes(name);
  return /\.test\.tsx?$/.test(name) || /^(playwright|vitest)\.config\.ts$/.test(name);
}
