import type { MetadataRoute } from "next";
import { publication } from "@/publication";
import { listArticles } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const dynamic = "force-dynamic";

export default function sitemap(): MetadataRoute.Sitemap {
  const site = siteUrl();
  const articles = listArticles();
  return [
    { url: `${site}/`, lastModified: articles[0]?.publishedAt },
    ...articles.map(({ slug, publishedAt }) => ({ url: `${site}/articles/${slug}`, lastModified: publishedAt })),
    { url: `${site}/give` },
    { url: `${site}/about-your-gift` },
    ...(publication.publishesIncome ? [{ url: `${site}/income` }] : []),
  ];
}
