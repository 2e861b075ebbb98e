// Opening the page changes nothing. It shows no e-mail address and no gift.
import { notFound } from "next/navigation";
import { HiddenLanguageField } from "@/components/site/hidden-language-field";
import { signInLinkRenderer } from "@/components/supporters/mailed-link-gift";
import { Button } from "@/components/ui/button";
import { isMailToAddressStopped } from "@/domain/supporters/stopped-addresses";
import { publication } from "@/publication";
import { database } from "@/systems/database";
import { unsealEmailHash, wrongAddressPagePath } from "@/systems/links/address-link";
import { pageTranslator, titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("wrong-address.title");

export default async function WrongAddressPage({ params }: { params: Promise<{ token: string }> }) {
  const t = await pageTranslator();
  const { token } = await params;
  const emailHash = unsealEmailHash(token) ?? notFound();
  const isStopped = await isMailToAddressStopped(await database(), emailHash);
  const { name, contact } = publication;
  return (
    <div className="page page-narrow sign-in">
      <h1>{t(isStopped ? "wrong-address.done" : "wrong-address.ask")}</h1>
      {isStopped ? (
        <p>{t.rich("wrong-address.done-text", { signin: signInLinkRenderer(t) })}</p>
      ) : (
        <>
          <p>{t("wrong-address.text", { name })}</p>
          <form method="post" action={`${wrongAddressPagePath(token)}/stop`}>
            <HiddenLanguageField locale={t.locale} />
            <Button>{t("wrong-address.button")}</Button>
          </form>
        </>
      )}
      <p className="sign-in-note">{t("wrong-address.money", { contact })}</p>
    </div>
  );
}
