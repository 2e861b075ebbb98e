// Confirms to a supporter that their data was erased. It needs no session, because the erasure has ended the session.
// It requires a signed link, so that nobody can forge a confirmation.
import type { GetServerSideProps, PageConfig } from "next";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { PlainPage } from "@/components/site/plain-page";
import { SiteFrame } from "@/components/site/site-frame";
import { LinkStyledAsButton } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { getMannersInForce } from "@/systems/appeals/reader-appeal";
import { currentTime } from "@/systems/clock";
import { siteUrl } from "@/systems/env";
import { languageOfNodeRequest } from "@/systems/requested-language";
import { isNoticeSignatureValid } from "@/systems/signed-notice";

export const config: PageConfig = { unstable_runtimeJS: false };

/**
 * `outcome`: null if no valid signature in the URL confirms an erasure. `quiet`: the page also deletes the data about
 * gifts on this device.
 */
type Props = { locale: string; site: string; outcome: "erased" | "quiet" | null; quietDays: number };

export const getServerSideProps: GetServerSideProps<Props> = async ({ query, req }) => {
  const done = query.done === "quiet" ? "quiet" : "erased";
  const outcome = isNoticeSignatureValid(done, { signature: query.signature, now: currentTime() }) ? done : null;
  const locale = languageOfNodeRequest(req);
  const quietDays = (await getMannersInForce()).quietDaysAfter["not-now"];
  return { props: { locale, site: siteUrl(), outcome, quietDays } };
};

export default function ErasedPage({ locale, site, outcome, quietDays }: Props) {
  const t = translator(locale);
  const title = t(outcome ? "erased.title" : "erased.none-title");
  const text = t(outcome ? "erased.text" : "erased.none-text");
  return (
    <SiteFrame locale={locale}>
      <PageHead site={site} path="/erased" title={title} description={text} isPrivate hasOwnScript />
      <PlainPage title={title}>
        <p>{text}</p>
        {outcome ? <p>{t("erased.stripe")}</p> : null}
        {outcome === "quiet" ? <p data-forget-reader="">{t("erased.quiet", { days: quietDays })}</p> : null}
        {outcome ? <p>{t("erased.remains")}</p> : null}
        {outcome ? <p>{t("erased.thanks")}</p> : null}
        <p>
          <LinkStyledAsButton kind="quiet" href={pathInLanguage(t, "/")}>
            {t("erased.home")}
          </LinkStyledAsButton>
        </p>
      </PlainPage>
    </SiteFrame>
  );
}
