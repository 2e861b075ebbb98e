// The page that a mailed link opens. Opening it does not use the link up, because mail scanners open links too.
import type { Metadata } from "next";
import { SignInForm } from "@/components/supporters/sign-in-form";
import { whole } from "@/components/supporters/whole";
import { Button } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { LINK_LASTS_MINUTES } from "@/domain/supporters/sign-in";
import { publication } from "@/publication";
import { findExpiredLinkAddress, findLinkAddress } from "@/systems/auth/accept-link";
import { safeRedirect } from "@/systems/auth/safe-redirect";
import { goOnSignedIn } from "@/systems/auth/viewer";
import { database } from "@/systems/database";

const t = translator(publication.defaultLanguage);

export const metadata: Metadata = { title: t("signIn.title") };

type Props = { searchParams: Promise<{ token?: string | string[]; next?: string }> };

export default async function ConfirmSignIn({ searchParams }: Props) {
  const { token, next: requested } = await searchParams;
  const next = safeRedirect(requested);
  const address = typeof token === "string" ? await findLinkAddress(await database(), token) : null;
  if (address !== null) return <Confirm token={String(token)} address={address} next={next} />;
  // The link has been used, either by a reader who is signed in already, or by pressing the button twice.
  await goOnSignedIn(next);
  const expiredAddress = typeof token === "string" ? await findExpiredLinkAddress(await database(), token) : null;
  return expiredAddress ? (
    <Renew token={String(token)} address={expiredAddress} next={next} />
  ) : (
    <LinkSpent next={next} />
  );
}

/** The link proves access to the mailbox, so a new link can be sent there without asking for the address again. */
function Renew({ token, address, next }: { token: string; address: string; next: string }) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.spent-title")}</h1>
      <p>{t.rich("signIn.renew-text", { minutes: LINK_LASTS_MINUTES, address, whole })}</p>
      <form method="post" action="/sign-in/send">
        <input type="hidden" name="renew" value={token} />
        <input type="hidden" name="next" value={next} />
        <Button>{t("signIn.renew-button")}</Button>
      </form>
    </div>
  );
}

function Confirm({ token, address, next }: { token: string; address: string; next: string }) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.confirm-title", { name: publication.name })}</h1>
      <p>{t.rich("signIn.confirm-text", { address, whole })}</p>
      <form method="post" action="/sign-in/confirm/accept">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <Button>{t("signIn.confirm-button")}</Button>
      </form>
      <p className="sign-in-note">{t("signIn.confirm-note")}</p>
    </div>
  );
}

function LinkSpent({ next }: { next: string }) {
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.spent-title")}</h1>
      <p>{t("signIn.spent-text", { minutes: LINK_LASTS_MINUTES })}</p>
      <SignInForm locale={t.locale} next={next} refused={null} />
    </div>
  );
}
