import type { GetServerSideProps, PageConfig } from "next";
import { IncomeStatement } from "@/components/giving/income-statement";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import type { PublicIncome } from "@/domain/newsroom/public-income";
import { publication } from "@/publication";
import { siteUrl } from "@/systems/env";
import { findPublicIncome } from "@/systems/public-income";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; income: PublicIncome };

export const getServerSideProps: GetServerSideProps<Props> = async () => {
  const income = publication.publishesIncome ? await findPublicIncome() : null;
  return income ? { props: { locale: publication.defaultLanguage, site: siteUrl(), income } } : { notFound: true };
};

export default function Income({ locale, site, income }: Props) {
  const t = translator(locale);
  const description = t("income.public.intro", { name: publication.name, currency: income.currency });
  return (
    <SiteFrame locale={locale}>
      <PageHead site={site} path="/income" title={t("income.public.title")} description={description} />
      <IncomeStatement locale={locale} publication={publication} income={income} />
    </SiteFrame>
  );
}
