// The page to open after signing in. A path from a link or a form is followed only if it is on this site.

/** This page redirects people who are signed in to their own page (landingPathOf). */
export const LANDING_PATH = "/sign-in";
const MAX_LENGTH = 300;
/** A path with an optional query, in plain ASCII: no backslash, space, control character or fragment. */
const PLAIN_PATH = /^\/[\w\-.~%/]*(?:\?[\w\-.~%/?=&+:,]*)?$/;

/** Returns the path if it is on this site. Returns LANDING_PATH for any other text. */
export function safeRedirect(path: unknown): string {
  if (typeof path !== "string" || path.length > MAX_LENGTH || !PLAIN_PATH.test(path)) return LANDING_PATH;
  // Browsers resolve `//host` to another site. `/..//host` stays on this site, but it becomes the path `//host`.
  const [beforeQuery = ""] = path.split("?");
  return beforeQuery.includes("//") || beforeQuery.startsWith("/api/") ? LANDING_PATH : path;
}
