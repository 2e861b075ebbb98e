// Opens the site's real pages for staff and sends their forms, without Next's server.
import { TOTP } from "otpauth";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { machineTime } from "../clock";
import type { FormRoute } from "../same-origin-form";
import { runInRequestOfTestBrowser, statusOfRedirectOrNotFound } from "./request-scope";

/**
 * `session`: the cookie of a signed-in browser. `note`: the flash message of its last form (systems/flash-message.ts).
 */
export type StaffBrowser = { session: string; note: string };

type Page = (props: never) => Promise<ReactElement>;
export type ShowPageResult = { html: string; text: string } | { to: string } | "not found";

/** Renders a page. `query` and `params` are those of its URL. If the page redirects, returns the target in `to`. */
export async function showPage(
  browser: StaffBrowser,
  page: Page,
  { query = {}, params = {} }: { query?: Record<string, string>; params?: object } = {},
): Promise<ShowPageResult> {
  const props = { searchParams: Promise.resolve(query), params: Promise.resolve(params) };
  try {
    const html = await runInRequestOfTestBrowser(browser, async () => renderToStaticMarkup(await page(props as never)));
    return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
  } catch (error) {
    return readThrown(error);
  }
}

/**
 * Sends a form. Returns the URL to which the browser is redirected, or else the status; "not found" if the route calls
 * notFound(). Stores the flash message in `browser`, for the page that is shown next.
 */
export async function submitForm<Params>(
  browser: StaffBrowser,
  route: FormRoute<Params>,
  { fields = {}, params }: { fields?: Record<string, string>; params?: Params } = {},
): Promise<string | "not found"> {
  const headers = { "sec-fetch-site": "same-origin" };
  const body = new URLSearchParams(fields);
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body });
  try {
    const context = { params: Promise.resolve((params ?? {}) as Params) };
    const answer = await runInRequestOfTestBrowser({ session: browser.session }, () => route(request, context));
    [, browser.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
    return answer.headers.get("location") ?? String(answer.status);
  } catch (error) {
    const shown = readThrown(error);
    return shown === "not found" ? shown : shown.to;
  }
}

/** Returns the code of the authenticator app. `stepsLater`: how many steps of 30 seconds after now. */
export function authenticatorCodeFor(secret: string, stepsLater = 0): string {
  return new TOTP({ secret }).generate({ timestamp: machineTime().getTime() + stepsLater * 30_000 });
}

export function authenticatorSecretIn(html: string): string {
  return /secret=([A-Z2-7]+)/.exec(html)?.[1] ?? "";
}

function readThrown(error: unknown): { to: string } | "not found" {
  const { status, location } = statusOfRedirectOrNotFound(error);
  return status === 404 ? "not found" : { to: location };
}
