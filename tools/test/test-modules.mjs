import { join } from "node:path";
import { ROOT } from "../run/paths.mjs";

/** An empty module, because the real `server-only` would throw in a test. */
export const SERVER_ONLY_STUB = join(ROOT, "node_modules/server-only/empty.js");

export const PUBLICATION_IMPORT = /(^|\/)publication$/;

/**
 * Tests get a publication.ts of their own, so that they pass whatever the newsroom's publication.ts contains.
 * @param {string} found
 */
export function testModuleFor(found) {
  return found === join(ROOT, "publication.ts") ? join(ROOT, "domain/testing/test-publication.ts") : found;
}
