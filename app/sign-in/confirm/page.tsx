// Renders the page that a sign-in link opens. Opening it does not use up the link, because programs that scan e-mails
// open links too.
import { HiddenLanguageField } from "@/components/site/hidden-language-field";
import { keepOnOneLine } from "@/components/supporters/keep-on-one-line";
import { SignInForm } from "@/components/supporters/sign-in-form";
import { Button } from "@/components/ui/button";
import { HiddenFields } from "@/components/ui/hidden-fields";
import type { Translate } from "@/content/messages";
import { SIGN_IN_LINK_MINUTES } from "@/domain/supporters/sign-in";
import { publication } from "@/publication";
import { findMaskedEmailOfSignInLink, findMaskedExpiredLinkAddress } from "@/systems/auth/accept-link";
import { safeRedirectPath } from "@/systems/auth/safe-redirect";
import { redirectIfSignedIn } from "@/systems/auth/signed-in-user";
import { database } from "@/systems/database";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("signIn.title");

type Props = { searchParams: Promise<{ token?: string | string[]; next?: string }> };

export default async function ConfirmSignInPage({ searchParams }: Props) {
  const { token, next: requested } = await searchParams;
  const next = safeRedirectPath(requested);
  const t = await pageTranslator();
  const address = typeof token === "string" ? await findMaskedEmailOfSignInLink(await database(), token) : null;
  if (address !== null) return <Confirm t={t} token={String(token)} address={address} next={next} />;
  // The link no longer works. If the button was clicked twice, the first click has used the link and signed the person
  // in.
  await redirectIfSignedIn(next);
  const expiredAddress = typeof token === "string" ? await findMaskedExpiredLinkAddress(await database(), token) : null;
  return expiredAddress ? (
    <Renew t={t} token={String(token)} address={expiredAddress} next={next} />
  ) : (
    <LinkSpent t={t} next={next} />
  );
}

type LinkProps = { t: Translate; token: string; address: string; next: string };

/**
 * Offers a new link in place of an expired one. It is sent to the same mailbox, so the reader need not type the address
 * again.
 */
function Renew({ t, token, address, next }: LinkProps) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.spent-title")}</h1>
      <p>{t.rich("signIn.renew-text", { minutes: SIGN_IN_LINK_MINUTES, address, whole: keepOnOneLine })}</p>
      <form method="post" action="/sign-in/send">
        <HiddenFields fields={{ renew: token, next }} />
        <HiddenLanguageField locale={t.locale} />
        <Button>{t("signIn.renew-button")}</Button>
      </form>
    </div>
  );
}

function Confirm({ t, token, address, next }: LinkProps) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.confirm-title", { name: publication.name })}</h1>
      <p>{t.rich("signIn.confirm-text", { address, whole: keepOnOneLine })}</p>
      <form method="post" action="/sign-in/confirm/accept">
        <HiddenFields fields={{ token, next }} />
        <HiddenLanguageField locale={t.locale} />
        <Button>{t("signIn.confirm-button")}</Button>
      </form>
      <p className="sign-in-note">{t("signIn.confirm-note")}</p>
    </div>
  );
}

function LinkSpent({ t, next }: Pick<LinkProps, "t" | "next">) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.spent-title")}</h1>
      <p>{t("signIn.spent-text", { minutes: SIGN_IN_LINK_MINUTES })}</p>
      <SignInForm locale={t.locale} next={next} refusedAddress={null} />
    </div>
  );
}
