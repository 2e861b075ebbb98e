// A separate module, because proxy.ts needs only this part.
import "server-only";

/** proxy.ts passes the flash message to the page in this header, and deletes the cookie. */
export const FLASH_MESSAGE_HEADER = "x-note";

/** `path` has no query. Each page has its own cookie, so that a request for another page does not delete it. */
export function flashMessageCookieName(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
