import { pathWithLanguageParam } from "@/domain/languages";
import { publication } from "@/publication";
import { exchangeSignInTokenForCookie } from "@/systems/auth/accept-link";
import { safeRedirectPath } from "@/systems/auth/safe-redirect";
import { endOwnSession, signInPath } from "@/systems/auth/signed-in-user";
import { database } from "@/systems/database";
import { formLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

export const POST = withSameOriginForm(confirmPage, async (sent) => {
  const cookie = await exchangeSignInTokenForCookie(await database(), readToken(sent));
  if (!cookie) return seeOther(confirmPage(sent));
  await endOwnSession();
  // The new session begins only with the browser's next request. Therefore the response redirects to the sign-in page,
  // which then knows who is signed in and redirects to the right page.
  return seeOther(signInPath(safeRedirectPath(sent.form.get("next")), formLanguage(sent.form)), {
    "Set-Cookie": cookie,
  });
});

type Sent = { form: URLSearchParams };

function confirmPage({ form }: Sent): string {
  const query = { token: readToken({ form }), next: safeRedirectPath(form.get("next")) };
  return pathWithLanguageParam(`/sign-in/confirm?${new URLSearchParams(query)}`, formLanguage(form), publication);
}

function readToken({ form }: Sent): string {
  return form.get("token") ?? "";
}
