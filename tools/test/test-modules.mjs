import { join } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

/** The empty module that replaces the package `server-only`, which would throw in a test. */
export const SERVER_ONLY_STUB_PATH = join(REPOSITORY_ROOT, "node_modules/server-only/empty.js");

export const PUBLICATION_IMPORT_PATTERN = /(^|\/)publication$/;

/**
 * Returns the module to load instead of `resolvedPath`. For publication.ts this is the tests' own publication, so that
 * tests pass whatever the newsroom's publication.ts contains.
 * @param {string} resolvedPath
 */
export function modulePathInTests(resolvedPath) {
  return resolvedPath === join(REPOSITORY_ROOT, "publication.ts")
    ? join(REPOSITORY_ROOT, "domain/testing/test-publication.ts")
    : resolvedPath;
}
