// Two files are put into reader pages instead of being linked: the styles of an article's first screen
// (components/style/first.css) and the inline script (components/browser/inline.ts). Tests have neither of the two, and
// development does not have the styles.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { INLINE_READER_SCRIPT_FILE, readerScriptVersion } from "./reader-script-version.mjs";

/**
 * The path of the styles, relative to the project's folder. The file is in `public`, because a build that runs on
 * another machine always contains this folder.
 */
export const CRITICAL_STYLES_FILE = "public/reader-first.css";

const { NODE_ENV } = process.env;

/** The styles as minified CSS. Empty outside a production build. */
export const CRITICAL_STYLES = NODE_ENV === "production" ? readBuilt(CRITICAL_STYLES_FILE) : "";

export const INLINE_SCRIPT_CODE =
  NODE_ENV === "test" ? "" : readBuilt(INLINE_READER_SCRIPT_FILE).replace("/reader.js", scriptPath());

export const CRITICAL_STYLES_CSP_HASH = cspHash(CRITICAL_STYLES);
export const INLINE_SCRIPT_CSP_HASH = cspHash(INLINE_SCRIPT_CODE);

/**
 * Returns the hash (`'sha256-…'`) with which a Content-Security-Policy allows exactly this inline script or style.
 * Returns an empty text if there is none.
 */
function cspHash(/** @type {string} */ text) {
  return text && `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/**
 * Returns the path of the reader script. The version is in the path, because some caches ignore queries. In development
 * there is no version.
 */
function scriptPath() {
  return NODE_ENV === "production" ? `/reader-${readerScriptVersion()}.js` : "/reader.js";
}

function readBuilt(/** @type {string} */ path) {
  const file = join(process.cwd(), path);
  // The file can be missing, because a command can run in production mode before the first build.
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
