import type { GetServerSideProps, PageConfig } from "next";
import { PublicIncomeStatement } from "@/components/giving/income-statement";
import { alternateLinks } from "@/components/site/other-languages";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { languageOfPathSegment } from "@/domain/languages";
import type { PublicIncome } from "@/domain/newsroom/public-income";
import { publication } from "@/publication";
import { siteUrl } from "@/systems/env";
import { getCachedPublicIncome } from "@/systems/public-income";

export const config: PageConfig = { unstable_runtimeJS: false };

const PATH = "/income";

type Props = { locale: string; site: string; income: PublicIncome };

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => {
  const locale = languageOfPathSegment(params?.language, publication);
  const income = locale && publication.publishesIncome ? await getCachedPublicIncome() : null;
  return locale && income ? { props: { locale, site: siteUrl(), income } } : { notFound: true };
};

export default function Income({ locale, site, income }: Props) {
  const t = translator(locale);
  const description = t("income.public.intro", { name: publication.name, currency: income.currency });
  return (
    <SiteFrame locale={locale} path={PATH}>
      <PageHead site={site} path={pathInLanguage(t, PATH)} title={t("income.public.title")} description={description}>
        {alternateLinks({ site, path: PATH })}
      </PageHead>
      <PublicIncomeStatement locale={locale} publication={publication} income={income} />
    </SiteFrame>
  );
}
