// Reads a form of ours: checks its origin and size before it reads a field.
import "server-only";
import { readBody } from "./body";
import { isBusy } from "./database";
import { log, redactError } from "./log";
import { isSameOrigin } from "./origin";

const MOST_BYTES = 10_000;

/** The fields, or the response that refuses the request. */
export async function readOwnForm(request: Request): Promise<URLSearchParams | Response> {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const body = await readBody(request, MOST_BYTES);
  if (!body) return new Response(null, { status: 413 });
  const fields = new URLSearchParams(body.toString("utf8"));
  // Our forms name each field once. With two values for one field, either choice could differ from what the person saw.
  const names = [...fields.keys()];
  return new Set(names).size === names.length ? fields : new Response(null, { status: 400 });
}

/** Redirects after a POST to a page that is safe to reload. */
export function seeOther(path: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store", ...headers } });
}

/**
 * Wrap the work of any route in it: when the ledger is busy, the reader gets the page /try-again (503), which leads back to `back`.
 * Other errors are thrown.
 */
export async function orTryAgain(back: string, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!isBusy(error)) throw error;
    log.warn({ error: redactError(error) }, "the ledger was busy");
    return seeOther(`/try-again?${new URLSearchParams({ back })}`);
  }
}
