// The modules that tests get instead of two of ours. vitest.config.ts and bundle-command.ts resolve imports by it.
import { join } from "node:path";
import { ROOT } from "../run/paths.mjs";

/** In a test, Next's guard against client imports would throw. */
export const SERVER_ONLY = join(ROOT, "node_modules/server-only/empty.js");

/** An import that may be of publication.ts. */
export const MAYBE_PUBLICATION = /(^|\/)publication$/;

/**
 * Another newsroom's publication.ts turns no test red: tests get the publication of a newsroom of their own. `found`: the file that the
 * import names. Returns the file to import.
 * @param {string} found
 */
export function standInFor(found) {
  return found === join(ROOT, "publication.ts") ? join(ROOT, "domain/testing/test-publication.ts") : found;
}
