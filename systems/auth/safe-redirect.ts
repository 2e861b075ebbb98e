/**
 * The page to which safeRedirectPath() leads by default. It sends a signed-in person to their own page (landingPathOf).
 */
export const DEFAULT_REDIRECT_PATH = "/sign-in";
const MAX_LENGTH = 300;
/** A path with an optional query, in plain ASCII: no backslash, space, control character or fragment. */
const PLAIN_PATH = /^\/[\w\-.~%/]*(?:\?[\w\-.~%/?=&+:,]*)?$/;

/**
 * Returns `path` if it is a plain path of this site that does not begin with /api/; otherwise DEFAULT_REDIRECT_PATH.
 */
export function safeRedirectPath(path: unknown): string {
  if (typeof path !== "string" || path.length > MAX_LENGTH || !PLAIN_PATH.test(path)) return DEFAULT_REDIRECT_PATH;
  // Browsers resolve `//host` to another site.
  const [beforeQuery = ""] = path.split("?");
  return beforeQuery.includes("//") || beforeQuery.startsWith("/api/") ? DEFAULT_REDIRECT_PATH : path;
}
