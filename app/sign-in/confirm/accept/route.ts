// The button under a mailed link: only this press uses the link up.
import { acceptLink } from "@/systems/auth/accept-link";
import { ownPath } from "@/systems/auth/own-path";
import { database } from "@/systems/database";
import { readOwnForm, seeOther } from "@/systems/own-form";

export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const next = ownPath(form.get("next"));
  const cookie = await acceptLink(await database(), form.get("token") ?? "");
  return cookie
    ? seeOther(next, { "Set-Cookie": cookie })
    : seeOther(`/sign-in/confirm?${new URLSearchParams({ next })}`);
}
