// Adds the content security policy, the language and a flash message to requests for the pages in app/. Checks no
// rights, because those pages do that. The matcher leaves out paths that need none of this. It also leaves out the only
// form with files: Next would keep the whole form in memory before its route can check who sends it.
import { type NextRequest, NextResponse } from "next/server";
import { nonDefaultLanguages } from "./domain/languages";
import { publication } from "./publication";
import { FLASH_MESSAGE_HEADER, flashMessageCookieName } from "./systems/flash-message-name";
import { PAGE_LANGUAGE_HEADER, requestedLanguage } from "./systems/requested-language";

export const config = {
  matcher: [
    "/((?!_next/|api/|articles/|pictures/|about-your-gift$|banner-manners$|income$|quiet$|give$|give/|thank-you$|erased$|try-again$|reader-words-[\\w-]+\\.json$|newsroom/disputes/\\w+/draft$|.*\\.(?:js|xml|txt|webmanifest|ico|png|jpg|webp|svg)$).+)",
  ],
};

const READER_PAGES = ["", "give", "about-your-gift", "banner-manners", "income", "quiet"];

export function proxy(request: NextRequest): NextResponse {
  if (isReaderPageInLanguage(request.nextUrl.pathname)) return NextResponse.next();
  const language = requestedLanguage({ url: request.nextUrl, headers: request.headers });
  const policy = policyWith(freshNonce(), request.nextUrl.pathname);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const note = findNote(request);
  headers.set(PAGE_LANGUAGE_HEADER, language);
  headers.delete(FLASH_MESSAGE_HEADER);
  if (note) headers.set(FLASH_MESSAGE_HEADER, note.value);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (note)
    response.cookies.set(note.name, "", {
      path: "/",
      maxAge: 0,
      httpOnly: true,
      secure: note.name.startsWith("__Host-"),
    });
  return response;
}

/**
 * Returns true for a reader page in another language than the default one. proxy() must skip such a page itself,
 * because `config.matcher` excludes only the reader pages in the default language.
 */
function isReaderPageInLanguage(path: string): boolean {
  const [, language = "", ...page] = path.split("/");
  return READER_PAGES.includes(page.join("/")) && nonDefaultLanguages(publication).includes(language);
}

/**
 * Returns the cookie with the flash message for the requested page. Returns undefined for a POST. The caller deletes
 * every cookie that this function returns, and would delete a new message that the POST writes.
 */
function findNote({ method, cookies, nextUrl }: NextRequest): { name: string; value: string } | undefined {
  if (method !== "GET") return undefined;
  const name = flashMessageCookieName(nextUrl.pathname);
  return cookies.get(`__Host-${name}`) ?? cookies.get(name);
}

function freshNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/**
 * The origin of Stripe's page for changing the card, to which a form on a recurring gift's page redirects. The CSP's
 * `form-action` must allow it, because Chromium also applies `form-action` to redirects.
 */
const CARD_PAGE = "https://billing.stripe.com";

function formTargets(path: string): string {
  if (!path.startsWith("/supporters/recurring/")) return "'self'";
  const { STRIPE_API_BASE: standIn } = process.env;
  return `'self' ${standIn ? new URL(standIn).origin : CARD_PAGE}`;
}

const FRAMES_PREVIEW = /^\/newsroom\/appeals\/[^/]+\/(?:preview|edit\/[^/]+|words\/[^/]+\/[^/]+)$/;
const PREVIEW = /^\/newsroom\/appeals\/[^/]+\/preview\/article$/;

function policyWith(nonce: string, path: string): string {
  // The preview is a reader page without scripts. Only our own pages are allowed to show it in a frame.
  if (PREVIEW.test(path))
    return "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
  // React's development build compiles with eval, and its overlay writes inline styles.
  const dev = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    ...(FRAMES_PREVIEW.test(path) ? ["frame-src 'self'"] : []),
    `form-action ${formTargets(path)}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
