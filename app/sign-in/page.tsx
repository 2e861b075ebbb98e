import { SignInForm } from "@/components/supporters/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { LINK_LIMIT_WINDOW_MINUTES } from "@/systems/auth/link-limits";
import { safeRedirectPath } from "@/systems/auth/safe-redirect";
import { redirectIfSignedIn } from "@/systems/auth/signed-in-user";
import { readFlashMessage } from "@/systems/flash-message";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("signIn.title");

type Props = { searchParams: Promise<{ next?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const next = safeRedirectPath((await searchParams).next);
  await redirectIfSignedIn(next);
  const note = await readFlashMessage("/sign-in");
  const t = await pageTranslator();
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.title")}</h1>
      <p>{t("signIn.intro")}</p>
      {note?.refused === "often" ? (
        <Notice kind="bad" title={t("signIn.often-title")}>
          <p>{t("signIn.often-text", { minutes: LINK_LIMIT_WINDOW_MINUTES })}</p>
        </Notice>
      ) : null}
      <SignInForm
        locale={t.locale}
        next={next}
        refusedAddress={note?.refused === "email" ? String(note.typed ?? "") : null}
      />
      <p className="sign-in-note">{t("signIn.which-address")}</p>
    </div>
  );
}
