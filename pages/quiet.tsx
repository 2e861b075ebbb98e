// The page is the same for everybody, so a link to it does not reveal that its reader gives.
import type { GetServerSideProps, PageConfig } from "next";
import { AppealHiddenView } from "@/components/appeal/hide-appeal-view";
import { alternateLinks } from "@/components/site/other-languages";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import type { Manners } from "@/domain/appeal/manners";
import { languageOfPathSegment } from "@/domain/languages";
import { publication } from "@/publication";
import { getMannersInForce } from "@/systems/appeals/reader-appeal";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; manners: Manners };

const PATH = "/quiet";

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => {
  const locale = languageOfPathSegment(params?.language, publication);
  if (!locale) return { notFound: true };
  return { props: { locale, site: siteUrl(), manners: await getMannersInForce() } };
};

export default function HideAppealPage({ locale, site, manners }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale} path={PATH}>
      <PageHead
        site={site}
        path={pathInLanguage(t, PATH)}
        title={t("appeal.quiet.title")}
        description={t("appeal.quiet.description")}
        hasOwnScript
      >
        {alternateLinks({ site, path: PATH })}
      </PageHead>
      <AppealHiddenView locale={locale} manners={manners} />
    </SiteFrame>
  );
}
