// Tells readers before they give who takes the money, how refunds work, and which data is kept.
import type { GetServerSideProps, PageConfig } from "next";
import { AboutYourGift } from "@/components/giving/about-your-gift";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { env, siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; isNeutral: boolean };

export const getServerSideProps: GetServerSideProps<Props> = async () => ({
  props: { locale: publication.defaultLanguage, site: siteUrl(), isNeutral: env().OUTLET_RISK === "high" },
});

export default function About({ locale, site, isNeutral }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale}>
      <PageHead site={site} path="/about-your-gift" title={t("about.title")} description={t("about.intro")} />
      <AboutYourGift locale={locale} publication={publication} isNeutral={isNeutral} />
    </SiteFrame>
  );
}
