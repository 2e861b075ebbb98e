// "Email me a link." The answer is the same whether or not the address is known here: that a link was asked for, that the address
// is none, or that this client or this address has had its share for now.
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { formatEmailAddress, parseEmailAddress } from "@/domain/email-address";
import { publication } from "@/publication";
import { safeRedirect } from "@/systems/auth/safe-redirect";
import { type SignInRequest, sendSignInLink } from "@/systems/auth/send-link";
import { signInPath } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { orTryAgain, readSameOriginForm, seeOther } from "@/systems/same-origin-form";

/** Longer than any of it takes: how soon the answer comes must not tell what became of the request either. */
const ANSWER_MS = 300;
const LONGEST_ADDRESS = 254;
const spentLink = z.string().regex(/^[\w-]{43}$/);
const ofGift = z.object({ session: z.string().regex(/^cs_\w{1,200}$/), mark: z.string().regex(/^[\w-]{16,64}$/) });

export async function POST(request: Request): Promise<Response> {
  const form = await readSameOriginForm(request);
  if (form instanceof Response) return form;
  const next = safeRedirect(form.get("next"));
  const asked = readRequest(form);
  if (!asked) {
    const typed = (form.get("email") ?? "").slice(0, LONGEST_ADDRESS);
    return seeOther(signInPath(next), await noteFor("/sign-in", { refused: "email", typed }));
  }
  return orTryAgain(signInPath(next), async () => {
    const db = await database();
    const sent = sendSignInLink(db, { request: asked, headers: request.headers, next, now: currentTime() });
    const [answer] = await Promise.all([sent, pause(ANSWER_MS)]);
    if (answer.kind === "too-often") return seeOther(signInPath(next), await noteFor("/sign-in", { refused: "often" }));
    const typed = "email" in asked ? { email: formatEmailAddress(asked.email) } : {};
    return seeOther(`/sign-in/sent?${new URLSearchParams({ next })}`, await noteFor("/sign-in/sent", typed));
  });
}

function readRequest(form: URLSearchParams): SignInRequest | null {
  const { data: gift } = ofGift.safeParse(Object.fromEntries(form));
  if (gift) return { checkoutSessionId: gift.session, mark: gift.mark };
  const spent = spentLink.safeParse(form.get("renew"));
  if (spent.success) return { spentToken: spent.data };
  const email = parseEmailAddress(form.get("email") ?? "");
  return email.kind === "address" ? { email: email.address, locale: publication.defaultLanguage } : null;
}
