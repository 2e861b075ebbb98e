// The same-origin check. Every route that takes a POST calls it first.
import "server-only";
import { siteUrl } from "./env";

/**
 * True if the request comes from our own pages. If the browser sends Sec-Fetch-Site, it decides; otherwise the Origin must be the
 * site's. Our pages send no referrer, so older browsers write `Origin: null` on our forms. That is accepted: cookies are SameSite,
 * so a foreign form carries no session. A request with neither header is refused.
 */
export function isSameOrigin(request: Pick<Request, "headers">): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  const origin = request.headers.get("origin");
  return origin === "null" || origin === new URL(siteUrl()).origin;
}
