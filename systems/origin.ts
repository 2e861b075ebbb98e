// The same-origin check. Every route that accepts a POST calls it first.
import "server-only";
import { siteUrl } from "./env";

/**
 * True if the request comes from our own pages. If the browser sends Sec-Fetch-Site, that header decides. Otherwise the Origin must
 * be the site's. Our pages send no referrer, so older browsers write `Origin: null` for our forms. That is accepted: cookies are
 * SameSite, so another site's form has no session. A request with neither header is refused.
 */
export function isSameOrigin(request: Pick<Request, "headers">): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  const origin = request.headers.get("origin");
  return origin === "null" || origin === new URL(siteUrl()).origin;
}
