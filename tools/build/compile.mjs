import { existsSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readerScriptVersion } from "../../systems/http/reader-script-version.mjs";
import { ensurePrismaClient } from "../database/prisma.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { readSettings } from "../run/settings.mjs";
import { runNodeOrThrow } from "../run/spawn.mjs";
import { requireDeclaredRoutes } from "./declared-routes.mjs";
import { filesUnder, fingerprintOf, readStoredFingerprint, writeStoredFingerprint } from "./fingerprint.mjs";
import { moveStaticFilesAside, restoreStaticFilesOfEarlierBuilds } from "./previous-static.mjs";
import { bundleServer, SERVER_BUNDLE_PATH } from "./server-bundle.mjs";

const OUTPUT = join(REPOSITORY_ROOT, ".next");
const STAMP = join(OUTPUT, "appeal-build.json");
export const DEFAULT_SITE_URL = "http://127.0.0.1:3000";

const GENERATE_PICTURES = ["--conditions=react-server", "--import", "tsx", "tools/build/generate-pictures.ts"];

/**
 * Changes in these folders do not make a build out of date. `content/articles` is one of them, because the site reads
 * articles while it runs.
 */
const NOT_BUILT = [
  "node_modules",
  "generated",
  "packages",
  "e2e",
  "lab",
  "docs",
  "content/articles",
  "public/pictures",
  "tools/content",
  "tools/database",
  "tools/demo",
  "tools/newsroom",
  "tools/test",
  "test-results",
  "playwright-report",
].map((folder) => folder.replaceAll("/", sep));

/**
 * A finished build. `siteUrl`: the only URL for which the build is correct, because prerendered pages contain it
 * (canonical link, feed, sitemap).
 * @typedef {{ sources: string, siteUrl: string, readerScriptVersion: string }} Build
 */

/** @returns {Build | null} */
export function findBuild() {
  const isWhole = existsSync(join(OUTPUT, "BUILD_ID")) && existsSync(SERVER_BUNDLE_PATH);
  const stamp = isWhole ? readStoredFingerprint(STAMP) : null;
  /** @type {Build | null} */
  const build = stamp ? JSON.parse(stamp) : null;
  // Returns null if the bundled scripts in public/ have changed since the build, for example because `npm run dev` has
  // bundled them again.
  return build && readerScriptVersion(REPOSITORY_ROOT) === build.readerScriptVersion ? build : null;
}

/** @param {Build | null} build @param {string} [siteUrl] */
export function isBuildCurrent(build, siteUrl) {
  return (
    build !== null && build.sources === sourcesFingerprint() && (siteUrl === undefined || build.siteUrl === siteUrl)
  );
}

/**
 * Builds the site unless there is a current build. Without `siteUrl` it accepts a build for any URL, so that tests do
 * not replace a build that a running demo uses.
 * @param {{ siteUrl?: string }} [options] @returns {Promise<Build>}
 */
export async function ensureBuilt({ siteUrl } = {}) {
  const last = findBuild();
  if (last && isBuildCurrent(last, siteUrl)) return last;
  return buildSite(siteUrl ?? last?.siteUrl ?? DEFAULT_SITE_URL);
}

/** @param {string} siteUrl @returns {Promise<Build>} */
export async function buildSite(siteUrl) {
  rmSync(STAMP, { force: true });
  const { buildReaderScripts } = await import("./reader-script.mjs");
  const { writeAccentStyles, writeCriticalStyles } = await import("./reader-styles.mjs");
  // Writes the stylesheet with the colours of publication.ts before the sources are hashed, because the stylesheet is
  // one of them.
  await writeAccentStyles();
  const sources = sourcesFingerprint();
  await ensurePrismaClient();
  const version = await buildReaderScripts();
  await writeCriticalStyles();
  const env = { NODE_ENV: "production", SITE_URL: siteUrl };
  moveStaticFilesAside(OUTPUT);
  await runNodeOrThrow("Building the site", [join(REPOSITORY_ROOT, "node_modules/next/dist/bin/next"), "build"], {
    env,
  });
  requireDeclaredRoutes({ output: OUTPUT, root: REPOSITORY_ROOT });
  restoreStaticFilesOfEarlierBuilds(OUTPUT, new Date());
  await bundleServer();
  const { ARTICLES_FOLDER } = readSettings();
  await runNodeOrThrow("Generating the articles' pictures", GENERATE_PICTURES, {
    env: { ...env, ...(ARTICLES_FOLDER ? { ARTICLES_FOLDER } : {}) },
  });
  const build = { sources, siteUrl, readerScriptVersion: version };
  writeStoredFingerprint(STAMP, JSON.stringify(build));
  return build;
}

function sourcesFingerprint() {
  return fingerprintOf(filesUnder(REPOSITORY_ROOT, isLeftOut), process.versions.node);
}

/** @param {string} name @param {string} path */
function isLeftOut(name, path) {
  const place = relative(REPOSITORY_ROOT, path);
  if (name.startsWith(".") || name.endsWith(".tsbuildinfo") || name === "next-env.d.ts") return true;
  if (NOT_BUILT.includes(place) || place.startsWith(`public${sep}reader`)) return true;
  if (!place.includes(sep) && /\.(md|db|db-wal|db-shm)$/.test(name)) return true;
  return /\.test\.tsx?$/.test(name) || /^(playwright|playwright-sandbox|vitest)\.config\.ts$/.test(name);
}
