// "Email me a link." The answer is the same whoever asks and whatever became of it, unless the address is no address.

import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { publication } from "@/publication";
import { ownPath } from "@/systems/auth/own-path";
import { type SignInRequest, sendSignInLink } from "@/systems/auth/send-link";
import { signInPath } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { readOwnForm, seeOther } from "@/systems/own-form";

/** Longer than any of it takes: how soon the answer comes must not tell what became of the request either. */
const ANSWER_MS = 300;
const LONGEST_ADDRESS = 254;
/** What a browser's own e-mail field lets through, so that the two never disagree. */
const address = z.string().trim().max(LONGEST_ADDRESS).regex(z.regexes.html5Email);
const checkoutSession = z.string().regex(/^cs_\w{1,200}$/);

export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const next = ownPath(form.get("next"));
  const asked = readRequest(form);
  if (!asked) {
    const typed = (form.get("email") ?? "").slice(0, LONGEST_ADDRESS);
    return seeOther(signInPath(next), await noteFor("/sign-in", { refused: "email", typed }));
  }
  const db = await database();
  const sent = sendSignInLink(db, { request: asked, headers: request.headers, next, now: currentTime() });
  await Promise.all([sent, pause(ANSWER_MS)]);
  const typed = "email" in asked ? { email: asked.email } : {};
  return seeOther(`/sign-in/sent?${new URLSearchParams({ next })}`, await noteFor("/sign-in/sent", typed));
}

function readRequest(form: URLSearchParams): SignInRequest | null {
  const session = checkoutSession.safeParse(form.get("session"));
  if (session.success) return { checkoutSessionId: session.data };
  const email = address.safeParse(form.get("email"));
  return email.success ? { email: email.data, locale: publication.defaultLanguage } : null;
}
