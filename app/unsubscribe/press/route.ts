// Ends letters by e-mail, or a reminder. The button of the page /unsubscribe sends its form here. Mail programs also
// send their requests here (RFC 8058), without cookies. The signed token in the URL is the only authorization.
import { stopEmailingLettersTo } from "@/domain/supporters/letter-readers";
import { deleteReminderAndUnsentMails } from "@/domain/supporters/reminders";
import { readRequestBody } from "@/systems/body";
import { database, isRetryableDatabaseError } from "@/systems/database";
import { requestPurgeOfDeletedValues } from "@/systems/delete-expired";
import { log } from "@/systems/log";
import { readMailLinkToken, UNSUBSCRIBE_PAGE } from "@/systems/mail/own-links";
import { pathInFormLanguage } from "@/systems/requested-language";
import { seeOther } from "@/systems/same-origin-form";

const MAX_BYTES = 2_000;

/** Redirects to the page with the button, because some mail programs open this URL instead of posting to it. */
export function GET(request: Request): Response {
  return seeOther(pageOf(request));
}

export async function POST(request: Request): Promise<Response> {
  const link = readMailLinkToken(tokenOf(request));
  if (!link || link.purpose === "confirm reminder") return new Response(null, { status: 404 });
  const body = await readRequestBody(request, MAX_BYTES);
  if (!body) return new Response(null, { status: 413 });
  // RFC 8058 allows URL-encoded and multipart bodies. The site refuses a body without the field `List-Unsubscribe`,
  // such as that of a mail scanner.
  if (!/List-Unsubscribe[\s\S]*One-Click/i.test(body.toString("utf8"))) return new Response(null, { status: 400 });
  try {
    const db = await database();
    if (link.purpose === "leave letters") await stopEmailingLettersTo(db, link.id);
    else await deleteReminderAndUnsentMails(db, link.id);
  } catch (error) {
    if (!isRetryableDatabaseError(error)) throw error;
    log.warn("the ledger was busy, so an unsubscribe request was answered with 503");
    return new Response(null, { status: 503, headers: { "Retry-After": "60" } });
  }
  requestPurgeOfDeletedValues();
  const isPerson = request.headers.get("sec-fetch-mode") === "navigate";
  return isPerson
    ? seeOther(pageOf(request))
    : new Response(null, { status: 200, headers: { "Cache-Control": "no-store" } });
}

function tokenOf(request: Request): string {
  return new URL(request.url).searchParams.get("token") ?? "";
}

function pageOf(request: Request): string {
  const { searchParams } = new URL(request.url);
  const query = new URLSearchParams({ token: tokenOf(request).slice(0, 200) });
  return pathInFormLanguage(`${UNSUBSCRIBE_PAGE}?${query}`, searchParams);
}
