// The same page for everybody: the link to it tells nobody that its reader gives.
import type { GetServerSideProps, PageConfig } from "next";
import { QuietView } from "@/components/appeal/quiet-view";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import type { Manners } from "@/domain/appeal/manners";
import { publication } from "@/publication";
import { getAppealFor } from "@/systems/appeals/reader-appeal";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; manners: Manners };

export const getServerSideProps: GetServerSideProps<Props> = async () => {
  const locale = publication.defaultLanguage;
  return { props: { locale, site: siteUrl(), manners: (await getAppealFor(locale)).manners } };
};

export default function Quiet({ locale, site, manners }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale}>
      <PageHead
        site={site}
        path="/quiet"
        title={t("appeal.quiet.title")}
        description={t("appeal.quiet.description")}
        hasOwnScript
      />
      <QuietView locale={locale} manners={manners} />
    </SiteFrame>
  );
}
