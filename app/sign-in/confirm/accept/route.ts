// The button under a mailed link: only this press uses the link up.
import { acceptLink } from "@/systems/auth/accept-link";
import { ownPath } from "@/systems/auth/own-path";
import { signInPath } from "@/systems/auth/viewer";
import { database } from "@/systems/database";
import { readOwnForm, seeOther } from "@/systems/own-form";

export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const next = ownPath(form.get("next"));
  const cookie = await acceptLink(await database(), form.get("token") ?? "");
  return cookie
    ? // Who it is that has signed in is known from the next request on.
      seeOther(signInPath(next), { "Set-Cookie": cookie })
    : seeOther(`/sign-in/confirm?${new URLSearchParams({ next })}`);
}
