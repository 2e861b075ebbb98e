// Renders the page that explains when the banner may appear. The HTML is the same for every reader. A script adds what
// the reader's device has stored.
import type { GetServerSideProps, PageConfig } from "next";
import type { MannerRulesInput } from "@/components/appeal/manners-rules";
import { MannersView } from "@/components/appeal/manners-view";
import { alternateLinks } from "@/components/site/other-languages";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { languageOfPathSegment } from "@/domain/languages";
import { publication } from "@/publication";
import { getReaderAppeal } from "@/systems/appeals/reader-appeal";
import { env, siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

const PATH = "/banner-manners";

type Props = MannerRulesInput & { locale: string; site: string };

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => {
  const locale = languageOfPathSegment(params?.language, publication);
  if (!locale) return { notFound: true };
  const { manners, quietSections } = await getReaderAppeal(locale);
  return { props: { locale, site: siteUrl(), manners, quietSections, isHighRisk: env().OUTLET_RISK === "high" } };
};

export default function BannerManners({ locale, site, ...mannersContext }: Props) {
  const t = translator(locale);
  const description = t("manners.description");
  return (
    <SiteFrame locale={locale} path={PATH}>
      <PageHead
        site={site}
        path={pathInLanguage(t, PATH)}
        title={t("manners.title")}
        description={description}
        hasOwnScript
      >
        {alternateLinks({ site, path: PATH })}
      </PageHead>
      <MannersView locale={locale} {...mannersContext} />
    </SiteFrame>
  );
}
