import { encode } from "next-auth/jwt";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { openSession } from "../auth/options";
import type { Db } from "../database";
import { env } from "../env";
import { identityCrypto } from "../identity";

/**
 * The cookies and headers that a test's browser sends. `note`: the flash message of the last form. `language`: the
 * language from proxy.ts; empty for the default.
 */
export const testBrowserState = { session: "", note: "", language: "" };

/**
 * Replaces `next/headers`, whose request scope exists only inside Next's server. A test file writes
 * `vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);`
 */
export const nextHeadersMock = {
  cookies: async () => ({
    get: () => (testBrowserState.session ? { value: testBrowserState.session } : undefined),
    set: () => {},
  }),
  headers: async () =>
    new Headers({
      ...(testBrowserState.note ? { "x-note": testBrowserState.note } : {}),
      ...(testBrowserState.language ? { "x-page-language": testBrowserState.language } : {}),
    }),
};

/** Signs the browser in, or out if `email` is null. */
export async function signInAs(db: Db, email: string | null): Promise<void> {
  const emailHash = email && identityCrypto().hashOf(email);
  testBrowserState.session = emailHash
    ? await encode({ token: await openSession(db, emailHash), secret: env().NEXTAUTH_SECRET })
    : "";
}

type Params = { params: Promise<Record<string, never>> };
type Route = (request: Request, context: Params) => Promise<Response>;

export async function submitForm(
  route: Route,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const request = new Request("http://127.0.0.1:3000/", {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", ...headers },
    body: new URLSearchParams(fields),
  });
  const answer = await route(request, { params: Promise.resolve({}) });
  [, testBrowserState.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  return answer;
}

/**
 * Renders a page as HTML. Then deletes the flash message of the simulated browser, because only one page may show it.
 */
export async function renderHtml(page: Promise<ReactElement> | ReactElement): Promise<string> {
  const html = renderToStaticMarkup(await page);
  testBrowserState.note = "";
  return html;
}

export function visibleTextOf(html: string): string {
  return html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}
