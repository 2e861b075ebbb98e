import type { GetServerSideProps, PageConfig } from "next";
import { FrontPage } from "@/components/article/front-page";
import { alternateLinks } from "@/components/site/other-languages";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";
import type { Article } from "@/domain/articles/article";
import { languageOfPathSegment } from "@/domain/languages";
import { mottoIn } from "@/domain/publication";
import { publication } from "@/publication";
import { findReaderAppeal } from "@/systems/appeals/reader-appeal";
import { listArticlesIn } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; articles: Article[]; appeal: LocalizedVariant | null };

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => {
  const locale = languageOfPathSegment(params?.language, publication);
  if (!locale) return { notFound: true };
  const appeal = (await findReaderAppeal(locale))?.variants[0] ?? null;
  return { props: { locale, site: siteUrl(), articles: listArticlesIn(locale), appeal } };
};

export default function Front({ locale, site, articles, appeal }: Props) {
  const t = translator(locale);
  const { name } = publication;
  const title = t("site.front.title", { name, motto: mottoIn(locale, publication) });
  return (
    <SiteFrame locale={locale} current="front">
      <PageHead site={site} path={pathInLanguage(t, "/")} title={name} description={title}>
        {alternateLinks({ site, path: "/" })}
      </PageHead>
      <FrontPage locale={locale} articles={articles} appeal={appeal} />
    </SiteFrame>
  );
}
