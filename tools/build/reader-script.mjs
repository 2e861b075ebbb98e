// Bundles the scripts of reader pages. `buildReaderScript()` returns a hash of reader.js. It is part of the script's URL, so
// caches may keep the script for ever.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Syntax that Chrome 85, Firefox 79 and Safari 14 can run. Older browsers show the pages without scripts. */
const TARGET = "es2021";
/** After compression with brotli, reader.js must be smaller than this. */
export const READER_SCRIPT_LIMIT_BYTES = 8_000;

export async function buildReaderScript({ minify = true } = {}) {
  const bytes = await bundle(["components/browser/main.ts"], { format: "iife", minify, target: TARGET });
  const sentBytes = brotliCompressSync(bytes).length;
  if (minify && sentBytes >= READER_SCRIPT_LIMIT_BYTES) {
    throw new Error(`reader.js has ${sentBytes} bytes compressed; the limit is ${READER_SCRIPT_LIMIT_BYTES}`);
  }
  mkdirSync(`${root}public`, { recursive: true });
  writeFileSync(`${root}public/reader.js`, bytes);
  const pay = await bundle(["components/browser/pay.ts"], { format: "iife", minify, target: TARGET });
  writeFileSync(`${root}public/reader-pay.js`, pay);
  const recall = await bundle(["components/browser/recall.ts"], { format: "iife", minify, target: TARGET });
  writeFileSync(`${root}public/reader-recall.js`, recall);
  const pages = await bundle(["components/browser/other-pages.ts"], { format: "iife", minify, target: TARGET });
  writeFileSync(`${root}public/reader-pages.js`, pages);
  await writeGiftFormTexts();
  return createHash("sha256").update(bytes).digest("hex").slice(0, 10);
}

async function writeGiftFormTexts() {
  /** @type {typeof import("../../components/giving/gift-form-texts")} */
  const { giftFormTexts } = await load("components/giving/gift-form-texts.ts");
  /** @type {typeof import("../../content/messages")} */
  const { translator } = await load("content/messages.ts");
  const publication = await loadPublication();
  for (const language of publication.languages) {
    const words = giftFormTexts(translator(language), publication);
    writeFileSync(`${root}public/reader-words-${language}.json`, JSON.stringify(words));
  }
}

/** @returns {Promise<import("../../domain/publication").Publication>} */
export async function loadPublication() {
  return (await load("publication.ts")).publication;
}

/** @param {string} path */
async function load(path) {
  const bytes = await bundle([path], { format: "esm" });
  return import(`data:text/javascript;base64,${Buffer.from(bytes).toString("base64")}`);
}

/** @param {string[]} entryPoints @param {import("esbuild").BuildOptions} options */
async function bundle(entryPoints, options) {
  const result = await build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    charset: "utf8",
    legalComments: "none",
    ...options,
    write: false,
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`esbuild returned no output for ${entryPoints}`);
  return file.contents;
}
