// "Mail me a link." The answer is the same whoever asks and whatever became of it, unless the address is no address.
import { z } from "zod";
import { publication } from "@/publication";
import { ownPath } from "@/systems/auth/own-path";
import { type SignInRequest, sendSignInLink } from "@/systems/auth/send-link";
import { database } from "@/systems/database";
import { readOwnForm, seeOther } from "@/systems/own-form";

/** What a browser's own e-mail field lets through, so that the two never disagree. */
const address = z.string().trim().max(254).regex(z.regexes.html5Email);
const checkoutSession = z.string().regex(/^cs_\w{1,200}$/);

export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const next = ownPath(form.get("next"));
  const asked = readRequest(form);
  if (!asked) return seeOther(`/sign-in?${new URLSearchParams({ refused: "email", next })}`);
  await sendSignInLink(await database(), { request: asked, headers: request.headers, next, now: new Date() });
  return seeOther(`/sign-in/sent?${new URLSearchParams({ next })}`);
}

function readRequest(form: URLSearchParams): SignInRequest | null {
  const session = checkoutSession.safeParse(form.get("session"));
  if (session.success) return { checkoutSessionId: session.data };
  const email = address.safeParse(form.get("email"));
  return email.success ? { email: email.data, locale: publication.defaultLanguage } : null;
}
