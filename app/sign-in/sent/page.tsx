import { emphasizedAddress } from "@/components/supporters/emphasized-address";
import { SIGN_IN_LINK_MINUTES } from "@/domain/supporters/sign-in";
import { safeRedirectPath } from "@/systems/auth/safe-redirect";
import { signInPath } from "@/systems/auth/signed-in-user";
import { readFlashMessage } from "@/systems/flash-message";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("signIn.sent-title");

type Props = { searchParams: Promise<{ next?: string }> };

export default async function SignInLinkSentPage({ searchParams }: Props) {
  const note = await readFlashMessage("/sign-in/sent");
  const t = await pageTranslator();
  const again = signInPath(safeRedirectPath((await searchParams).next), t.locale);
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.sent-title")}</h1>
      <p>
        {typeof note?.email === "string"
          ? t.rich("signIn.sent-to", { email: note.email, minutes: SIGN_IN_LINK_MINUTES, address: emphasizedAddress })
          : t("signIn.sent-text", { minutes: SIGN_IN_LINK_MINUTES })}
      </p>
      <p className="sign-in-note">
        {t.rich("signIn.sent-late", {
          again: (words) => (
            <a key="again" href={again}>
              {words}
            </a>
          ),
        })}{" "}
        {t("signIn.sent-first")}
      </p>
    </div>
  );
}
