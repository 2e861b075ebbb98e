import type { Article } from "@/domain/articles/article";
import type { Publication } from "@/domain/publication";

type NewsArticleJsonLdProps = { article: Article; publication: Publication; site: string };

export function newsArticleJsonLd({ article, publication, site }: NewsArticleJsonLdProps): string {
  const { name } = publication;
  const url = `${site}/articles/${article.slug}`;
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: article.headline,
    description: article.standfirst ?? undefined,
    articleSection: article.kicker,
    keywords: article.topics,
    inLanguage: article.language,
    datePublished: article.publishedAt,
    url,
    image: article.picture?.src ? [site + article.picture.src] : undefined,
    // A byline can name a person or a department, and the article does not say which. Therefore the publication is the
    // author.
    author: { "@type": "NewsMediaOrganization", name, url: site },
    creditText: article.byline ?? undefined,
    publisher: { "@type": "NewsMediaOrganization", name, url: site, logo: `${site}/apple-touch-icon.png` },
    isAccessibleForFree: true,
  };
  // An unescaped "<" could end the script element.
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
