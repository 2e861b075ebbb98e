// A form of ours that came back: checked for its origin and its size before a field is read.
import { readBody } from "./body";
import { isBusy } from "./database";
import { describe, log } from "./log";
import { isSameOrigin } from "./origin";

const MOST_BYTES = 10_000;

/** The fields, or the answer to whoever sent something else. */
export async function readSameOriginForm(request: Request): Promise<URLSearchParams | Response> {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const body = await readBody(request, MOST_BYTES);
  if (!body) return new Response(null, { status: 413 });
  const fields = new URLSearchParams(body.toString("utf8"));
  // Our forms name each field once. Of two, whichever won, somebody would not get what they see.
  const names = [...fields.keys()];
  return new Set(names).size === names.length ? fields : new Response(null, { status: 400 });
}

/** After a POST: on to a page that may be loaded again without doing it twice. */
export function seeOther(path: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store", ...headers } });
}

/** Where the ledger cannot be asked the reader gets a page with words (503), and from there back to `back`. */
export async function orTryAgain(back: string, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!isBusy(error)) throw error;
    log.warn({ error: describe(error) }, "the ledger was busy");
    return seeOther(`/try-again?${new URLSearchParams({ back })}`);
  }
}
