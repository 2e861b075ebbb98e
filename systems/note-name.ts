// The name of the cookie that carries a page's note (note.ts). proxy.ts needs only this part.

/** proxy.ts hands the note to the page in this header, because the cookie it deletes is gone when Next renders the page. */
import "server-only";

export const NOTE_HEADER = "x-note";

/**
 * The name of the cookie for the page at `path`, without a query. One cookie per page, so that a request for another page does not
 * delete it.
 */
export function noteNameOf(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
