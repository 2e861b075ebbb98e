import "server-only";
import { siteUrl } from "./env";

/**
 * Checks that a form comes from a page of this site. If the browser sends Sec-Fetch-Site, that header decides. Older
 * browsers must send the site's Origin, or `null`, which they send because these pages have no referrer. `null` is
 * safe: cookies are SameSite, so another site's form has no session. A request with neither header is refused.
 */
export function isSameOrigin(request: Pick<Request, "headers">): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  const origin = request.headers.get("origin");
  return origin === "null" || origin === new URL(siteUrl()).origin;
}
