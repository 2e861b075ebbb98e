// Signed links in e-mails. Each allows one action on one row as long as the row exists, and does not identify anybody.
// Opening the link changes nothing: its page has a button.
import "server-only";
import { env, siteUrl } from "../env";
import { parseSignedToken, signToken } from "../signed-token";

export type MailLinkPurpose = "end reminder" | "confirm reminder" | "leave letters";
const PURPOSES = ["end reminder", "confirm reminder", "leave letters"] as const;

export const UNSUBSCRIBE_PAGE = "/unsubscribe";
/**
 * The path to which mail programs post a one-click unsubscribe (RFC 8058). The button on the unsubscribe page posts to
 * it too.
 */
export const ONE_CLICK_UNSUBSCRIBE_PATH = "/unsubscribe/press";

export function signLinkToken(purpose: MailLinkPurpose, id: string): string {
  return signToken({ ...signing(purpose), id, at: new Date(0) });
}

/** Returns the purpose and id of a token; null if it is forged or was changed. */
export function readMailLinkToken(token: unknown): { purpose: MailLinkPurpose; id: string } | null {
  if (typeof token !== "string") return null;
  for (const purpose of PURPOSES) {
    const read = parseSignedToken(token, signing(purpose));
    if (read) return { purpose, id: read.id };
  }
  return null;
}

/**
 * `page`: the URL of the page on which a person can unsubscribe. `oneClick`: the URL to which mail programs post a
 * one-click unsubscribe.
 */
export function unsubscribeUrls(
  purpose: "end reminder" | "leave letters",
  id: string,
): { page: string; oneClick: string } {
  const query = new URLSearchParams({ token: signLinkToken(purpose, id) });
  return {
    page: `${siteUrl()}${UNSUBSCRIBE_PAGE}?${query}`,
    oneClick: `${siteUrl()}${ONE_CLICK_UNSUBSCRIBE_PATH}?${query}`,
  };
}

export function confirmReminderUrl(id: string): string {
  return `${siteUrl()}/remind-me/confirm?${new URLSearchParams({ token: signLinkToken("confirm reminder", id) })}`;
}

function signing(purpose: MailLinkPurpose) {
  return { purpose, secret: env().NEXTAUTH_SECRET };
}
