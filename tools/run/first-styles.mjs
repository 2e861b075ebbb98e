// The styles that an article contains itself: those of everything above its end (components/style/first.css). The build writes them
// (tools/build/reader-styles.mjs). Without a build, as in development, there are none, and an article links the whole stylesheet in its head.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A path from the folder of the project. `public` is the folder that a build for another machine contains anyway. */
export const FIRST_STYLES_FILE = "public/reader-first.css";

/** Minified CSS, or "" if there was no build. */
export const FIRST_STYLES = process.env.NODE_ENV === "development" ? "" : readBuilt();

/** Returns the source expression that lets a Content-Security-Policy accept an inline style with exactly this content. */
export function styleHash(/** @type {string} */ styles) {
  return `'sha256-${createHash("sha256").update(styles).digest("base64")}'`;
}

function readBuilt() {
  try {
    return readFileSync(join(process.cwd(), FIRST_STYLES_FILE), "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return "";
    throw error;
  }
}
