// After an erasure. It needs no session, because there is none any more. Only a signed link shows it, so that nobody can be told so falsely.
import type { GetServerSideProps, PageConfig } from "next";
import { PageHead } from "@/components/site/page-head";
import { PlainPage } from "@/components/site/plain-page";
import { SiteFrame } from "@/components/site/site-frame";
import { LinkButton } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { siteUrl } from "@/systems/env";
import { isSignedProblem } from "@/systems/signed-problem";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; isQuiet: boolean };

export const getServerSideProps: GetServerSideProps<Props> = async ({ query }) => {
  const done = query.done === "quiet" ? "quiet" : "erased";
  if (!isSignedProblem(done, { signature: query.told, now: currentTime() }))
    return { redirect: { destination: "/", permanent: false } };
  return { props: { locale: publication.defaultLanguage, site: siteUrl(), isQuiet: done === "quiet" } };
};

export default function Erased({ locale, site, isQuiet }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale}>
      <PageHead site={site} path="/erased" title={t("erased.title")} description={t("erased.text")} isPrivate />
      <PlainPage title={t("erased.title")}>
        <p>{t("erased.text")}</p>
        <p>{t("erased.stripe")}</p>
        {isQuiet ? <p data-quiet-device="">{t("erased.quiet")}</p> : null}
        <p>{t("erased.remains")}</p>
        <p>{t("erased.thanks")}</p>
        <p>
          <LinkButton kind="quiet" href="/">
            {t("erased.home")}
          </LinkButton>
        </p>
      </PlainPage>
    </SiteFrame>
  );
}
