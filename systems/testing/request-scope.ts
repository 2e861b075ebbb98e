// Runs a test's code in a request scope of Next. The functions cookies() and headers() of Next read their values from
// such a scope.
import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";
import { RequestCookies } from "next/dist/server/web/spec-extension/cookies";
import { sessionCookieSettings } from "../auth/session";
import { FLASH_MESSAGE_HEADER } from "../flash-message-name";

/**
 * `session`: the cookie of a signed-in browser. `note`: the flash message of its last form, which proxy.ts passes on.
 */
export type TestBrowserState = { session?: string | undefined; note?: string };

export function runInRequestOfTestBrowser<T>(
  { session, note }: TestBrowserState,
  request: () => Promise<T>,
): Promise<T> {
  const headers = new Headers(session ? { cookie: `${sessionCookieSettings().name}=${session}` } : {});
  if (note) headers.set(FLASH_MESSAGE_HEADER, note);
  const cookies = new RequestCookies(headers);
  const unit = { type: "request", phase: "action", headers, cookies, userspaceMutableCookies: cookies };
  return workAsyncStorage.run({ route: "" } as never, () => workUnitAsyncStorage.run(unit as never, request));
}

/** Returns the status of an error from redirect() or notFound(). Rethrows any other error. */
export function statusOfRedirectOrNotFound(error: unknown): { status: 303 | 404; location: string } {
  const digest = String((error as { digest?: unknown }).digest ?? "");
  if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return { status: 404, location: "" };
  const [kind, , location = ""] = digest.split(";");
  if (kind !== "NEXT_REDIRECT") throw error;
  return { status: 303, location };
}
