// Sends a sign-in link by e-mail. The response is the same for a known and an unknown e-mail address.
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { formatEmailAddress, parseEmailAddress } from "@/domain/email-address";
import { pathWithLanguageParam } from "@/domain/languages";
import { publication } from "@/publication";
import { safeRedirectPath } from "@/systems/auth/safe-redirect";
import { type SignInLinkRequest, sendSignInLink } from "@/systems/auth/send-link";
import { signInPath } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { formLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

/**
 * Every response to a valid form takes at least this long, in milliseconds. Finding the address and queueing the e-mail
 * take less, so the time does not reveal if the address is known.
 */
const RESPONSE_MS = 300;
const MAX_EMAIL_LENGTH = 254;
const spentLink = z.string().regex(/^[\w-]{43}$/);
const ofGift = z.object({ session: z.string().regex(/^cs_\w{1,200}$/), mark: z.string().regex(/^[\w-]{16,64}$/) });

export const POST = withSameOriginForm(signInPage, async ({ form, headers }) => {
  const next = safeRedirectPath(form.get("next"));
  const language = formLanguage(form);
  const page = signInPath(next, language);
  const request = readRequest(form);
  if (!request) {
    const typed = (form.get("email") ?? "").slice(0, MAX_EMAIL_LENGTH);
    return seeOther(page, await flashMessageCookie("/sign-in", { refused: "email", typed }));
  }
  const sending = sendSignInLink(await database(), { request, headers, next, now: currentTime() });
  const [outcome] = await Promise.all([sending, pause(RESPONSE_MS)]);
  if (outcome.kind === "too-often") return seeOther(page, await flashMessageCookie("/sign-in", { refused: "often" }));
  const typed = "email" in request ? { email: formatEmailAddress(request.email) } : {};
  const sent = pathWithLanguageParam(`/sign-in/sent?${new URLSearchParams({ next })}`, language, publication);
  return seeOther(sent, await flashMessageCookie("/sign-in/sent", typed));
});

function signInPage({ form }: { form: URLSearchParams }): string {
  return signInPath(safeRedirectPath(form.get("next")), formLanguage(form));
}

function readRequest(form: URLSearchParams): SignInLinkRequest | null {
  const { data: gift } = ofGift.safeParse(Object.fromEntries(form));
  if (gift) return { checkoutSessionId: gift.session, formNonce: gift.mark };
  const spent = spentLink.safeParse(form.get("renew"));
  if (spent.success) return { spentToken: spent.data };
  const email = parseEmailAddress(form.get("email") ?? "");
  return email.kind === "address" ? { email: email.address, locale: formLanguage(form) } : null;
}
