// Where to go after signing in. A link or a form may name only a path on this site.

/** Forwards a signed-in viewer to their own landing page (landingOf). */
export const HOME = "/sign-in";
const LONGEST = 300;
/** Printable ASCII without escapes: no backslash, space, control character or fragment. */
const PLAIN_PATH = /^\/[\w\-.~%/]*(?:\?[\w\-.~%/?=&+:,]*)?$/;

/** Returns the path if it is on this site, else `HOME`. */
export function safeRedirect(path: unknown): string {
  if (typeof path !== "string" || path.length > LONGEST || !PLAIN_PATH.test(path)) return HOME;
  // A browser normalises `//host` and `/..//host` to another host.
  const [beforeQuery = ""] = path.split("?");
  return beforeQuery.includes("//") || beforeQuery.startsWith("/api/") ? HOME : path;
}
