import "server-only";
import { siteUrl } from "./env";

/**
 * Checks that a form comes from a page of this site. If the browser sends Sec-Fetch-Site, that header decides. Without
 * that header, Origin must be the site's own or `null`. Older browsers send `null`, because the site's pages send no
 * referrer. Accepting `null` is safe: cookies are SameSite, so a form on another site is sent without a session. A
 * request with neither header is refused.
 */
export function isSameOrigin(request: Pick<Request, "headers">): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  const origin = request.headers.get("origin");
  return origin === "null" || origin === new URL(siteUrl()).origin;
}
