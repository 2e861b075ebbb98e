// Where to go after signing in. What a link or a form names is followed only if it is a path on this site.

/** Leads whoever is signed in to where they belong (landingOf). */
export const HOME = "/sign-in";
const LONGEST = 300;
/** Printable ASCII that needs no escape in a path or a query: no backslash, no space, no control character, no fragment. */
const PLAIN_PATH = /^\/[\w\-.~%/]*(?:\?[\w\-.~%/?=&+:,]*)?$/;

/** The path as given if it is one of ours, else `HOME`. */
export function safeRedirect(path: unknown): string {
  if (typeof path !== "string" || path.length > LONGEST || !PLAIN_PATH.test(path)) return HOME;
  // `//host` and `/..//host` both leave the site once a browser has tidied them up.
  const [beforeQuery = ""] = path.split("?");
  return beforeQuery.includes("//") || beforeQuery.startsWith("/api/") ? HOME : path;
}
