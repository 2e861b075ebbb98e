// The paths of the reader script. The script's version is in its path, not in the URL's query. A cache that ignores the
// query would serve the old script to new pages for a year.
import "server-only";

const VERSIONED_PATH = /^\/reader-([0-9a-f]{10})\.js$/;

/**
 * Returns true for the script of any version. During a deploy, a page from another build can request that build's
 * script. The server answers with the script of this build, and caches must not store this response.
 */
export function isReaderScript(path: string): boolean {
  return VERSIONED_PATH.test(path);
}

export function isCurrentReaderScript(path: string, version: string): boolean {
  return VERSIONED_PATH.exec(path)?.[1] === version;
}

export const READER_SCRIPT_PATH = "/reader.js";

/**
 * The scripts and text files whose paths contain no version. Before each use, a browser asks if its copy is still
 * current.
 */
const OTHER_FILE = /^\/reader-(pages\.js|pay\.js|recall\.js|words-[\w-]+\.json)$/;

export function isUnversionedReaderFile(path: string): boolean {
  return OTHER_FILE.test(path);
}
