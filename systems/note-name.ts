// The name of the cookie with a page's note (note.ts). It is a module of its own because proxy.ts needs only this part.

/** proxy.ts passes the note to the page in this header. It also deletes the cookie, so the page itself cannot read it. */
import "server-only";

export const FLASH_NOTE_HEADER = "x-note";

/**
 * The name of the cookie for the page at `path`, a path without a query. Each page has its own cookie, so that a request for
 * another page does not delete it.
 */
export function flashNoteName(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
