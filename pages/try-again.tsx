// The page that a person sees if they sent a form while the database was busy. It works without the database. Only
// _document.tsx can start a query, for the live appeal, and a failure of this query does not matter.
import type { GetServerSideProps, PageConfig } from "next";
import { PageHead } from "@/components/site/page-head";
import { PlainPage } from "@/components/site/plain-page";
import { SiteFrame } from "@/components/site/site-frame";
import { LinkStyledAsButton } from "@/components/ui/button";
import { translator } from "@/content/messages";
import { safeRedirectPath } from "@/systems/auth/safe-redirect";
import { siteUrl } from "@/systems/env";
import { languageOfNodeRequest } from "@/systems/requested-language";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; back: string };

export const getServerSideProps: GetServerSideProps<Props> = async ({ query, req, res }) => {
  res.statusCode = 503;
  res.setHeader("Retry-After", "30");
  return { props: { locale: languageOfNodeRequest(req), site: siteUrl(), back: safeRedirectPath(query.back) } };
};

export default function TryAgainPage({ locale, site, back }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale}>
      <PageHead
        site={site}
        path="/try-again"
        title={t("error.busy-title")}
        description={t("error.busy-text")}
        isPrivate
      />
      <PlainPage title={t("error.busy-title")}>
        <p>{t("error.busy-text")}</p>
        <p>
          <LinkStyledAsButton href={back}>{t("error.busy-again")}</LinkStyledAsButton>
        </p>
      </PlainPage>
    </SiteFrame>
  );
}
