// The styles that an article contains itself (components/style/first.css). In development and in tests there are none.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A path from the folder of the project. `public` is the folder that a build for another machine contains anyway. */
export const CRITICAL_STYLES_FILE = "public/reader-first.css";

/** Minified CSS, or "" without a production build. */
export const CRITICAL_STYLES = process.env.NODE_ENV === "production" ? readBuilt() : "";

/** The source expression with which a Content-Security-Policy accepts an inline style of exactly this content. "" without styles. */
export const CRITICAL_STYLES_CSP_HASH =
  CRITICAL_STYLES && `'sha256-${createHash("sha256").update(CRITICAL_STYLES).digest("base64")}'`;

function readBuilt() {
  const file = join(process.cwd(), CRITICAL_STYLES_FILE);
  // A command may run in production mode before the first build.
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
