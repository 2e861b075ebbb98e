// Was this form ours? Every door that takes a POST asks before it does anything.
import "server-only";
import { siteUrl } from "./env";

/**
 * The browser's own word (Sec-Fetch-Site) decides; where it says nothing, the Origin must be the site's. Our pages send no
 * referrer, so an older browser writes `Origin: null` on their forms: it is taken at that, since cookies are SameSite and a
 * foreign form brings no session along. A request that says nothing at all is refused.
 */
export function isSameOrigin(request: Request): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  const origin = request.headers.get("origin");
  return origin === "null" || origin === new URL(siteUrl()).origin;
}
