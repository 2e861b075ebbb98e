// A form of ours that came back: checked for its origin and its size before a field is read.
import { readBody } from "./body";
import { isSameOrigin } from "./origin";

const MOST_BYTES = 10_000;

/** The fields, or the answer to whoever sent something else. */
export async function readOwnForm(request: Request): Promise<URLSearchParams | Response> {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const body = await readBody(request, MOST_BYTES);
  return body ? new URLSearchParams(body.toString("utf8")) : new Response(null, { status: 413 });
}

/** After a POST: on to a page that may be loaded again without doing it twice. */
export function seeOther(path: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store", ...headers } });
}
