// The reader's script has its version in its path, not in its query: a cache that ignores queries would go on giving the last
// version to new pages for a year.
const ADDRESS = /^\/reader-([0-9a-f]{10})\.js$/;

/** While a deploy rolls, pages of one version ask servers of another: those get this build's script, and may not keep it. */
export function isReaderScript(path: string): boolean {
  return ADDRESS.test(path);
}

export function isOwnScript(path: string, version: string): boolean {
  return ADDRESS.exec(path)?.[1] === version;
}

/** The file under which the build wrote it. */
export const SCRIPT_FILE = "/reader.js";
