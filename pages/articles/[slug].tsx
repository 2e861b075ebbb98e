// Renders the page of an article. Except in a preview of an appeal, the HTML is the same for every reader.

import type { GetServerSideProps, PageConfig } from "next";
import { ArticleAppeal } from "@/components/appeal/article-appeal";
import { Banner } from "@/components/appeal/banner";
import { ArticleView } from "@/components/article/article-view";
import { newsArticleJsonLd } from "@/components/article/news-article-json-ld";
import { Related } from "@/components/article/related";
import { GiftForm } from "@/components/giving/gift-form";
import { MissingArticle } from "@/components/site/missing-article";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { withPresets } from "@/domain/appeal/preset-choices";
import type { AppealForReader } from "@/domain/appeal/reader-appeal";
import type { Article } from "@/domain/articles/article";
import { shareCardPath } from "@/domain/articles/article-pictures";
import type { Placement } from "@/domain/giving/gift";
import { readGiftFormWithDefaults } from "@/domain/giving/gift-form";
import { publication } from "@/publication";
import { PREVIEW_HEADER, type PreviewedPageState } from "@/systems/appeals/preview";
import { findReaderAppeal } from "@/systems/appeals/reader-appeal";
import { readPreviewOnce } from "@/systems/appeals/stored-previews";
import { findArticle, findRelatedArticles } from "@/systems/content";
import { siteUrl } from "@/systems/env";
import { nonCriticalStylesheetPath } from "@/systems/late-styles";
import { type MissingPageProps, prepareMissingPage } from "@/systems/missing-page";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = {
  locale: string;
  site: string;
  article: Article;
  related: Article[];
  appeal: AppealForReader | null;
  /** The stylesheet that the page links after its text, or null if its head links it. */
  lateStyles: string | null;
  preview: PreviewedPageState | null;
};

export const getServerSideProps: GetServerSideProps<Props | MissingPageProps> = async ({ params, req, res }) => {
  const article = findArticle(String(params?.slug));
  if (!article) return { props: prepareMissingPage(req, res) };
  const shared = { site: siteUrl(), article, related: findRelatedArticles(article) };
  const preview = readPreviewOnce(req.headers[PREVIEW_HEADER]);
  if (preview) {
    const { locale, appeal, state } = preview;
    return { props: { ...shared, locale, appeal, preview: state, lateStyles: null } };
  }
  const locale = article.language;
  const [appeal, lateStyles] = await Promise.all([findReaderAppeal(locale, article), nonCriticalStylesheetPath()]);
  return { props: { ...shared, locale, appeal, preview: null, lateStyles } };
};

export default function ArticlePage(props: Props | MissingPageProps) {
  return "isMissing" in props ? <MissingArticle locale={props.locale} /> : <FoundArticle {...props} />;
}

function FoundArticle({ locale, site, article, related, appeal, preview, lateStyles }: Props) {
  const path = `/articles/${article.slug}`;
  return (
    <>
      <PageHead
        site={site}
        path={path}
        title={article.headline}
        description={article.standfirst ?? article.body.slice(0, 160)}
        card={{ src: shareCardPath(article), alt: `${publication.name}: ${article.headline}` }}
        article={{ publishedAt: article.publishedAt, section: article.kicker }}
      >
        <script
          type="application/ld+json"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every "<" escaped; text would be escaped as HTML
          dangerouslySetInnerHTML={{ __html: newsArticleJsonLd({ article, publication, site }) }}
        />
      </PageHead>
      <SiteFrame locale={locale} current="article">
        <div className="page">
          <ArticleView locale={locale} article={article} address={site + path} />
          {/* Until here, the first styles are enough, which the head contains (_document.tsx). The picture is more
              urgent than the other styles. */}
          {lateStyles ? <link rel="stylesheet" href={lateStyles} fetchPriority="low" /> : null}
          {appeal ? <Asking locale={locale} article={article} appeal={appeal} preview={preview} /> : null}
          <Related locale={locale} articles={related} />
        </div>
      </SiteFrame>
    </>
  );
}

type AskingProps = Pick<Props, "locale" | "article" | "preview"> & { appeal: AppealForReader };

function Asking({ locale, article, appeal, preview }: AskingProps) {
  const [copy] = appeal.variants;
  const offered = withPresets(publication, appeal.presets);
  const form = (placement: Placement) => {
    const fields = readGiftFormWithDefaults(
      { placement, article: article.id, appeal: copy.id, variant: copy.variant },
      offered,
    );
    return <GiftForm locale={locale} publication={offered} form={fields} loadsTextsLater />;
  };
  return (
    <>
      {/* The banner follows the text in the HTML, so that the Tab key leads from the end of the text into it. */}
      <Banner locale={locale} variants={appeal.variants} manners={appeal.manners} preview={bannerOf(preview)}>
        {preview === "open" ? form("banner") : null}
      </Banner>
      <ArticleAppeal
        locale={locale}
        variants={appeal.variants}
        progress={appeal.progress}
        closing={article.closing}
        isThanking={preview === "thanks"}
      >
        {form("article")}
      </ArticleAppeal>
    </>
  );
}

function bannerOf(preview: PreviewedPageState | null): "closed" | "open" | undefined {
  if (preview === "open") return "open";
  return preview === "banner" ? "closed" : undefined;
}
