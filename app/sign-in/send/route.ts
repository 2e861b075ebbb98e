// "Email me a link." The answer is the same whoever asks and whatever became of it, unless the address is no address.

import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { parseEmailAddress } from "@/domain/email-address";
import { publication } from "@/publication";
import { ownPath } from "@/systems/auth/own-path";
import { type SignInRequest, sendSignInLink } from "@/systems/auth/send-link";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readOwnForm, seeOther } from "@/systems/own-form";

/** Longer than any of it takes: how soon the answer comes must not tell what became of the request either. */
const ANSWER_MS = 300;
const ofGift = z.object({ session: z.string().regex(/^cs_\w{1,200}$/), mark: z.string().regex(/^[\w-]{16,64}$/) });

export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const next = ownPath(form.get("next"));
  const asked = readRequest(form);
  if (!asked) return seeOther(`/sign-in?${new URLSearchParams({ refused: "email", next })}`);
  const db = await database();
  const sent = sendSignInLink(db, { request: asked, headers: request.headers, next, now: currentTime() });
  await Promise.all([sent, pause(ANSWER_MS)]);
  return seeOther(`/sign-in/sent?${new URLSearchParams({ next })}`);
}

function readRequest(form: URLSearchParams): SignInRequest | null {
  const { data: gift } = ofGift.safeParse(Object.fromEntries(form));
  if (gift) return { checkoutSessionId: gift.session, mark: gift.mark };
  const email = parseEmailAddress(form.get("email") ?? "");
  return email.kind === "address" ? { email: email.address, locale: publication.defaultLanguage } : null;
}
