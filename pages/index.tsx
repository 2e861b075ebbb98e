// The front page, with the newest article first.
import type { GetStaticProps, PageConfig } from "next";
import { FrontPage } from "@/components/article/front-page";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";
import type { Article } from "@/domain/articles/article";
import { publication } from "@/publication";
import { findAppeal, listArticles } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; articles: Article[]; appeal: AppealCopy };

export const getStaticProps: GetStaticProps<Props> = () => {
  const locale = publication.defaultLanguage;
  return { props: { locale, site: siteUrl(), articles: listArticles(), appeal: findAppeal(locale) } };
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
