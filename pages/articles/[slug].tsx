// An article. It is the same for every reader, with the banner and the gift form as plain HTML. The server keeps it in memory until the
// appeal changes (systems/fast-path/server/live-pages.ts).
import type { GetServerSideProps, PageConfig } from "next";
import { AppealEnd } from "@/components/appeal/appeal-end";
import { Banner } from "@/components/appeal/banner";
import { ArticleView } from "@/components/article/article-view";
import { newsArticleData } from "@/components/article/news-article-data";
import { Related } from "@/components/article/related";
import { GiftForm } from "@/components/giving/gift-form";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { withPresets } from "@/domain/appeal/preset-choices";
import type { Article } from "@/domain/articles/article";
import { cardPath } from "@/domain/articles/article-pictures";
import type { Placement } from "@/domain/giving/gift";
import { readGiftForm } from "@/domain/giving/gift-form";
import { publication } from "@/publication";
import { findAppealFor, type ReaderAppeal } from "@/systems/appeals/reader-appeal";
import { findArticle, relatedTo } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; article: Article; related: Article[]; appeal: ReaderAppeal | null };

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => {
  const locale = publication.defaultLanguage;
  const article = findArticle(String(params?.slug));
  if (!article) return { notFound: true };
  const appeal = await findAppealFor(locale, article);
  return { props: { locale, site: siteUrl(), article, related: relatedTo(article), appeal } };
};

export default function ArticlePage({ locale, site, article, related, appeal }: Props) {
  const path = `/articles/${article.slug}`;
  return (
    <>
      <PageHead
        site={site}
        path={path}
        title={article.headline}
        description={article.standfirst ?? article.body.slice(0, 160)}
        card={{ src: cardPath(article), alt: `${publication.name}: ${article.headline}` }}
        article={{ publishedAt: article.publishedAt, section: article.kicker }}
      >
        <script
          type="application/ld+json"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every "<" escaped; text would be HTML-escaped
          dangerouslySetInnerHTML={{ __html: newsArticleData({ article, publication, site }) }}
        />
      </PageHead>
      <SiteFrame locale={locale} current="article">
        <div className="page">
          <ArticleView locale={locale} article={article} address={site + path} />
          {appeal ? <Asking locale={locale} article={article} appeal={appeal} /> : null}
          <Related locale={locale} articles={related} />
        </div>
      </SiteFrame>
    </>
  );
}

function Asking({ locale, article, appeal }: { locale: string; article: Article; appeal: ReaderAppeal }) {
  const [copy] = appeal.variants;
  const offered = withPresets(publication, appeal.presets);
  const form = (placement: Placement) => {
    const fields = readGiftForm({ placement, article: article.id, appeal: copy.id, variant: copy.variant }, offered);
    return <GiftForm locale={locale} publication={offered} form={fields} />;
  };
  return (
    <>
      {/* The banner stands after the text, so that the Tab key reaches it from there. It is hidden once the appeal below is in sight. */}
      <Banner locale={locale} variants={appeal.variants} manners={appeal.manners}>
        {form("banner")}
      </Banner>
      <AppealEnd locale={locale} variants={appeal.variants} progress={appeal.progress} closing={article.closing}>
        {form("article")}
      </AppealEnd>
    </>
  );
}
