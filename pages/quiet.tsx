// The same page for everybody: the link to it tells nobody that its reader gives.
import type { GetStaticProps, PageConfig } from "next";
import { QuietView } from "@/components/appeal/quiet-view";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string };

export const getStaticProps: GetStaticProps<Props> = () => ({
  props: { locale: publication.defaultLanguage, site: siteUrl() },
});

export default function Quiet({ locale, site }: Props) {
  const t = translator(locale);
  return (
    <SiteFrame locale={locale}>
      <PageHead site={site} path="/quiet" title={t("appeal.quiet.title")} description={t("appeal.quiet.description")} />
      <QuietView locale={locale} />
    </SiteFrame>
  );
}
