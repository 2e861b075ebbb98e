// The button under a mailed link: only this press uses the link up.
import { acceptLink } from "@/systems/auth/accept-link";
import { safeRedirect } from "@/systems/auth/safe-redirect";
import { endOwnSession, signInPath } from "@/systems/auth/viewer";
import { database } from "@/systems/database";
import { orTryAgain, readSameOriginForm, seeOther } from "@/systems/same-origin-form";

export async function POST(request: Request): Promise<Response> {
  const form = await readSameOriginForm(request);
  if (form instanceof Response) return form;
  const next = safeRedirect(form.get("next"));
  const token = form.get("token") ?? "";
  const page = `/sign-in/confirm?${new URLSearchParams({ token, next })}`;
  return orTryAgain(page, async () => {
    const cookie = await acceptLink(await database(), token);
    if (!cookie) return seeOther(page);
    // Ends the session that this browser had before.
    await endOwnSession();
    // Who it is that has signed in is known from the next request on.
    return seeOther(signInPath(next), { "Set-Cookie": cookie });
  });
}
