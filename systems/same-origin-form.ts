// Handles forms. Checks the origin and the size before a handler gets the form.
import "server-only";
import { readRequestBody } from "./body";
import { isRetryableDatabaseError } from "./database";
import { maxFormBytes } from "./form-size";
import { log, redactError } from "./log";
import { isSameOrigin } from "./origin";
import { pathInFormLanguage } from "./requested-language";
import { readUploadForm, type UploadForm, type UploadSizeLimits } from "./upload-form";

/** `params`: the parameters in the route's path. */
export type SameOriginForm<Params = object> = { form: URLSearchParams; headers: Headers; params: Params };

export type FormRoute<Params = object> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** The path of the page with the form, or a function that derives it from the form. */
export type FormPagePath<Params> = string | ((sent: SameOriginForm<Params>) => string);

/**
 * Returns the function of a route that handles a form. If the ledger is busy, the reader gets a page that says so and
 * links back to `page`.
 */
export function withSameOriginForm<Params = object>(
  page: FormPagePath<Params>,
  handle: (sent: SameOriginForm<Params>) => Promise<Response>,
): FormRoute<Params> {
  return async (request, { params }) => {
    const form = await readSameOriginForm(request);
    if (form instanceof Response) return form;
    const sent = { form, headers: request.headers, params: await params };
    return orTryAgain(resolvePagePath(page, sent), form, () => handle(sent));
  };
}

export type SameOriginUpload<Params = object> = SameOriginForm<Params> & Pick<UploadForm, "files">;

type UploadRoute<Params, Sender> = {
  page: (sent: Pick<SameOriginForm<Params>, "params">) => string;
  /** Identifies the sender before the form is read. Throws for people who are not allowed to send it. */
  admit: (page: string) => Promise<Sender>;
  limits: UploadSizeLimits;
  handle: (sent: SameOriginUpload<Params>, sender: Sender) => Promise<Response>;
};

/** Handles a form with files. Checks who sends the form before it reads the form, because the form can be large. */
export function withSameOriginUpload<Params, Sender>({
  page,
  admit,
  limits,
  handle,
}: UploadRoute<Params, Sender>): FormRoute<Params> {
  return async (request, context) => {
    if (!isSameOrigin(request)) return new Response(null, { status: 403 });
    const params = await context.params;
    const path = page({ params });
    return orTryAgain(path, new URLSearchParams(), async () => {
      const sender = await admit(path);
      const sent = await readAnyForm(request, limits);
      if (!sent) return new Response(null, { status: 400 });
      return handle({ ...sent, headers: request.headers, params }, sender);
    });
  };
}

/** Reads a form with or without files. Null if it is too large or not valid. */
async function readAnyForm(request: Request, limits: UploadSizeLimits): Promise<UploadForm | null> {
  if (/^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? ""))
    return readUploadForm(request, limits);
  const body = await readRequestBody(request, limits.maxTotalTextBytes);
  const form = body && fieldsOf(body);
  return form && { form, files: new Map() };
}

export function resolvePagePath<Params>(page: FormPagePath<Params>, sent: SameOriginForm<Params>): string {
  return typeof page === "string" ? page : page(sent);
}

/**
 * Returns a redirect to a page. The browser requests that page with GET, so that reloading it does not repeat a POST.
 */
export function seeOther(path: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store", ...headers } });
}

async function readSameOriginForm(request: Request): Promise<URLSearchParams | Response> {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const body = await readRequestBody(request, maxFormBytes(new URL(request.url).pathname));
  if (!body) return new Response(null, { status: 413 });
  return fieldsOf(body) ?? new Response(null, { status: 400 });
}

/** Returns the form's fields. Null if a name occurs twice: one of the two values would be ignored unnoticed. */
function fieldsOf(body: Buffer): URLSearchParams | null {
  const fields = new URLSearchParams(body.toString("utf8"));
  const names = [...fields.keys()];
  return new Set(names).size === names.length ? fields : null;
}

/**
 * Returns the answer. If the ledger is busy, redirects to `/try-again`, which responds with 503 and a page that links
 * back to `page`.
 */
async function orTryAgain(page: string, form: URLSearchParams, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!isRetryableDatabaseError(error)) throw error;
    log.warn({ error: redactError(error) }, "the ledger was busy");
    return seeOther(pathInFormLanguage(`/try-again?${new URLSearchParams({ back: page })}`, form));
  }
}
