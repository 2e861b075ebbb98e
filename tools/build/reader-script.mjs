// Bundles the scripts of reader pages.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";
import {
  INLINE_READER_SCRIPT_FILE,
  READER_SCRIPT_FILE,
  readerScriptVersion,
} from "../../systems/http/reader-script-version.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/**
 * The JavaScript version that Chrome 85, Firefox 79 and Safari 14 can run. Older browsers show the pages without
 * scripts.
 */
const TARGET = "es2021";
/** The limit for reader.js and the inline script together, after compression with brotli. */
export const READER_SCRIPT_LIMIT_BYTES = 8_000;

/**
 * Bundles and writes all scripts of reader pages, and the gift form's texts. Returns one version for both reader.js and
 * the inline script.
 */
export async function buildReaderScripts() {
  // reader.js is a module, because the inline script imports it.
  const main = await bundleSmall("components/browser/main.ts", "esm");
  const inline = await bundleSmall("components/browser/inline.ts", "iife");
  // A "<" could end the page's script element.
  if (inline.includes("<")) throw new Error('the inline script contains "<"');
  const sentBytes = brotliCompressSync(main).length + brotliCompressSync(inline).length;
  if (sentBytes >= READER_SCRIPT_LIMIT_BYTES)
    throw new Error(
      `an article's scripts have ${sentBytes} bytes compressed; the limit is ${READER_SCRIPT_LIMIT_BYTES}`,
    );
  mkdirSync(`${root}public`, { recursive: true });
  writeFileSync(`${root}${READER_SCRIPT_FILE}`, main);
  writeFileSync(`${root}${INLINE_READER_SCRIPT_FILE}`, inline);
  const pay = await bundle(["components/browser/pay.ts"], { format: "iife", minify: true, target: TARGET });
  writeFileSync(`${root}public/reader-pay.js`, pay);
  const recall = await bundle(["components/browser/recall.ts"], { format: "iife", minify: true, target: TARGET });
  writeFileSync(`${root}public/reader-recall.js`, recall);
  const pages = await bundle(["components/browser/other-pages.ts"], { format: "iife", minify: true, target: TARGET });
  writeFileSync(`${root}public/reader-pages.js`, pages);
  await writeGiftFormTexts();
  const version = readerScriptVersion(root);
  if (!version) throw new Error("the bundled scripts are gone");
  return version;
}

/**
 * Bundles a script and minifies it with Terser. After compression, Terser's result is 3% smaller than that of esbuild's
 * own minifier.
 * @param {string} path @param {"esm" | "iife"} format
 */
async function bundleSmall(path, format) {
  const bytes = await bundle([path], { format, minifySyntax: true, target: TARGET });
  // Without `module`, Terser would keep "use strict", which a module does not need.
  const { code } = await minify(new TextDecoder().decode(bytes), { module: true, compress: { passes: 3 } });
  if (!code) throw new Error(`terser returned no output for ${path}`);
  return code;
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
