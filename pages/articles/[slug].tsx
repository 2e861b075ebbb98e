// An article. It is prerendered and the same for every reader, with the banner and the gift form as plain HTML.
import type { GetStaticPaths, GetStaticProps, PageConfig } from "next";
import { AppealEnd } from "@/components/appeal/appeal-end";
import { Banner } from "@/components/appeal/banner";
import { ArticleView } from "@/components/article/article-view";
import { newsArticleData } from "@/components/article/news-article-data";
import { Related } from "@/components/article/related";
import { GiftForm } from "@/components/giving/gift-form";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import type { AppealCopy } from "@/domain/appeal/appeal-copy";
import type { Article } from "@/domain/articles/article";
import { cardPath } from "@/domain/articles/article-pictures";
import type { Placement } from "@/domain/giving/gift";
import { readGiftForm } from "@/domain/giving/gift-form";
import { publication } from "@/publication";
import { findArticle, listArticles, listVariants, relatedTo } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { locale: string; site: string; article: Article; related: Article[]; variants: AppealCopy[] };

export const getStaticPaths: GetStaticPaths = () => ({
  paths: listArticles().map(({ slug }) => ({ params: { slug } })),
  fallback: false,
});

export const getStaticProps: GetStaticProps<Props> = ({ params }) => {
  const locale = publication.defaultLanguage;
  const article = findArticle(String(params?.slug));
  if (!article) return { notFound: true };
  return { props: { locale, site: siteUrl(), article, related: relatedTo(article), variants: listVariants(locale) } };
};

export default function ArticlePage({ locale, site, article, related, variants }: Props) {
  const path = `/articles/${article.slug}`;
  const form = (placement: Placement) => {
    const { id: appeal, variant } = variants[0] ?? {};
    const fields = readGiftForm({ placement, article: article.id, appeal, variant }, publication);
    return <GiftForm locale={locale} publication={publication} form={fields} />;
  };
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
          {/* The banner stands after the text, so that the Tab key reaches it from there. It is hidden once the appeal below is in sight. */}
          <Banner locale={locale} variants={variants}>
            {form("banner")}
          </Banner>
          <AppealEnd locale={locale} variants={variants} closing={article.closing}>
            {form("article")}
          </AppealEnd>
          <Related locale={locale} articles={related} />
        </div>
      </SiteFrame>
    </>
  );
}
