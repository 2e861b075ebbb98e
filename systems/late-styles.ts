// The stylesheet that an article links after its text. Until this stylesheet is loaded, the page has only its first
// styles (first.css).
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CRITICAL_STYLES } from "./http/inlined.mjs";

const MANIFEST = ".next/build-manifest.json";

let path: Promise<string | null> | undefined;

/**
 * Returns the path of the stylesheet that an article links after its text. Returns null if the HTML of pages contains
 * no critical styles (first.css), because Next then links the stylesheet in the head.
 */
export function nonCriticalStylesheetPath(): Promise<string | null> {
  path ??= readPath();
  return path;
}

async function readPath(): Promise<string | null> {
  if (!CRITICAL_STYLES) return null;
  const manifest: { pages: Record<string, string[]> } = JSON.parse(
    await readFile(join(process.cwd(), MANIFEST), "utf8"),
  );
  const [sheet, ...others] = (manifest.pages["/_app"] ?? []).filter((file) => file.endsWith(".css"));
  if (!sheet || others.length > 0) throw new Error("the build has not exactly one stylesheet for the reader pages");
  return `/_next/${sheet}`;
}
