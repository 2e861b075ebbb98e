// The name of the cookie that carries a page's note (note.ts). proxy.ts needs only this.

/** In which proxy.ts hands it on: a cookie that it takes back is already gone when Next draws the page. */
import "server-only";

export const NOTE_HEADER = "x-note";

/** `path`: without a query. One name per page, so that another page's request takes no note away. */
export function noteNameOf(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
