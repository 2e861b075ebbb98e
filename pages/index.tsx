// The front page, with the newest article first.
import type { GetServerSideProps, PageConfig } from "next";
import { FrontPage } from "@/components/article/front-page";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";
import type { Article } from "@/domain/articles/article";
import { publication } from "@/publication";
import { findAppealFor } from "@/systems/appeals/reader-appeal";
import { listArticles } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; articles: Article[]; appeal: AppealCopy | null };

export const getServerSideProps: GetServerSideProps<Props> = async () => {
  const locale = publication.defaultLanguage;
  const appeal = (await findAppealFor(locale))?.variants[0] ?? null;
  return { props: { locale, site: siteUrl(), articles: listArticles(), appeal } };
};

export default function Front({ locale, site, articles, appeal }: Props) {
  const t = translator(locale);
  const { name, motto } = publication;
  return (
    <SiteFrame locale={locale} current="front">
      <PageHead site={site} path="/" title={name} description={t("site.front.title", { name, motto })} />
      <FrontPage locale={locale} articles={articles} appeal={appeal} />
    </SiteFrame>
  );
}
