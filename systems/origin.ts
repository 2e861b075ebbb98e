// Was this form ours? Every door that takes a POST asks before it does anything.
import { siteUrl } from "./env";

/**
 * The browser's own word (Sec-Fetch-Site) decides; where it says nothing, the Origin must be the site's. A request with
 * neither is refused. Our pages send no referrer, so browsers write `Origin: null` on them: that alone proves nothing.
 */
export function isSameOrigin(request: Request): boolean {
  const fetchSite = request.headers.get("sec-fetch-site");
  if (fetchSite !== null) return fetchSite === "same-origin";
  return request.headers.get("origin") === new URL(siteUrl()).origin;
}
