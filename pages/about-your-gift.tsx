import type { GetServerSideProps, PageConfig } from "next";
import { AboutGivingPage } from "@/components/giving/about-your-gift";
import { alternateLinks } from "@/components/site/other-languages";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { languageOfPathSegment } from "@/domain/languages";
import { publication } from "@/publication";
import { env, siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

const PATH = "/about-your-gift";

type Props = { locale: string; site: string; isHighRisk: boolean };

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => {
  const locale = languageOfPathSegment(params?.language, publication);
  if (!locale) return { notFound: true };
  return { props: { locale, site: siteUrl(), isHighRisk: env().OUTLET_RISK === "high" } };
};

export default function About({ locale, site, isHighRisk }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale} path={PATH}>
      <PageHead site={site} path={pathInLanguage(t, PATH)} title={t("about.title")} description={t("about.intro")}>
        {alternateLinks({ site, path: PATH })}
      </PageHead>
      <AboutGivingPage locale={locale} publication={publication} isHighRisk={isHighRisk} />
    </SiteFrame>
  );
}
