// For tests of staff: browsers that open real pages and press real buttons of the newsroom, without Next's server. The test file mocks
// next/headers with `cookie`.
import { TOTP } from "otpauth";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { machineTime } from "../clock";
import type { FormRoute } from "../same-origin-form";

/** What next/headers is mocked with: the browser's session, and the note that the last press left (systems/note.ts). */
export type Cookie = { value: string; note: string };

/** Cookies and headers of the browser whose turn it is. */
export function nextHeadersOf(cookie: Cookie) {
  return {
    cookies: async () => ({ get: () => ({ value: cookie.value }), set: () => {} }),
    headers: async () => new Headers(cookie.note ? { "x-note": cookie.note } : {}),
  };
}

type Page = (props: never) => Promise<ReactElement>;
export type Shown = { html: string; text: string } | { to: string } | "not found";

/** `query`, `params`: of the page's address. Returns where it leads if it redirects. */
export async function showPage(
  page: Page,
  { query = {}, params = {} }: { query?: Record<string, string>; params?: object } = {},
): Promise<Shown> {
  const props = { searchParams: Promise.resolve(query), params: Promise.resolve(params) };
  try {
    const html = renderToStaticMarkup(await page(props as never));
    return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
  } catch (error) {
    return readThrown(error);
  }
}

/** Presses a form's button. Returns where the browser goes next, and keeps the note for the page there. */
export async function pressForm<Params>(
  route: FormRoute<Params>,
  { cookie, fields, params }: { cookie: Cookie; fields: Record<string, string>; params?: Params },
): Promise<string | "not found"> {
  const headers = { "sec-fetch-site": "same-origin" };
  const body = new URLSearchParams(fields);
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body });
  try {
    const answer = await route(request, { params: Promise.resolve((params ?? {}) as Params) });
    [, cookie.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
    return answer.headers.get("location") ?? String(answer.status);
  } catch (error) {
    const shown = readThrown(error);
    return shown === "not found" ? shown : shown.to;
  }
}

/** The code that an authenticator app shows now, or so many steps of 30 seconds later. */
export function codeOf(secret: string, stepsLater = 0): string {
  return new TOTP({ secret }).generate({ timestamp: machineTime().getTime() + stepsLater * 30_000 });
}

/** The secret that a set-up page shows. */
export function secretIn(html: string): string {
  return /secret=([A-Z2-7]+)/.exec(html)?.[1] ?? "";
}

function readThrown(error: unknown): { to: string } | "not found" {
  const digest = String((error as { digest?: unknown }).digest ?? "");
  if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return "not found";
  const [kind, , to = ""] = digest.split(";");
  if (kind !== "NEXT_REDIRECT") throw error;
  return { to };
}
