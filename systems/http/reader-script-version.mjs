import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Paths from the folder of the project.
export const READER_SCRIPT_FILE = "public/reader.js";
export const INLINE_READER_SCRIPT_FILE = "public/reader-inline.js";

/**
 * Returns a hash of reader.js and of the inline script that loads it; null if they are not built. It is part of the
 * script's URL, so caches may keep the script for ever. `root`: the folder of the project.
 */
export function readerScriptVersion(root = process.cwd()) {
  const files = [READER_SCRIPT_FILE, INLINE_READER_SCRIPT_FILE].map((path) => join(root, path));
  if (!files.every((file) => existsSync(file))) return null;
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 10);
}
