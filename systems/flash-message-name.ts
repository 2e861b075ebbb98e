// The names of a flash message's cookie and header. A separate module, because proxy.ts needs only this part.
import "server-only";

/** The header in which proxy.ts passes the flash message to the page. proxy.ts also deletes the cookie. */
export const FLASH_MESSAGE_HEADER = "x-note";

/**
 * Returns the cookie's name. `path` has no query. Each page has its own cookie, so that a request for another page does
 * not delete it.
 */
export function flashMessageCookieName(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
