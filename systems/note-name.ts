// The name of the cookie with the flash message of a page (note.ts). It is a separate module because proxy.ts needs only this
// part.
import "server-only";

/** proxy.ts passes the flash message to the page in this header. It also deletes the cookie, so the page cannot read the cookie. */
export const FLASH_NOTE_HEADER = "x-note";

/**
 * Returns the name of the cookie for the page at `path`, a path without a query. Each page has its own cookie, so that a
 * request for another page does not delete it.
 */
export function flashNoteName(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
