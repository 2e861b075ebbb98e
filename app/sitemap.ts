import type { MetadataRoute } from "next";
import { languageVersionsOf } from "@/domain/languages";
import { publication } from "@/publication";
import { listArticles, listArticlesIn } from "@/systems/content";
import { siteUrl } from "@/systems/env";

export const dynamic = "force-dynamic";

export default function sitemap(): MetadataRoute.Sitemap {
  const site = siteUrl();
  const articles = listArticles();
  return [
    ...inEachLanguage("/", (locale) => ({ lastModified: listArticlesIn(locale)[0]?.publishedAt })),
    ...articles.map(({ slug, publishedAt }) => ({ url: `${site}/articles/${slug}`, lastModified: publishedAt })),
    ...inEachLanguage("/give"),
    ...inEachLanguage("/about-your-gift"),
    ...(publication.publishesIncome ? inEachLanguage("/income") : []),
  ];
}

type Entry = MetadataRoute.Sitemap[number];

function inEachLanguage(path: string, more: (locale: string) => Partial<Entry> = () => ({})): Entry[] {
  const versions = languageVersionsOf(path, publication).map((version) => ({
    ...version,
    url: siteUrl() + version.path,
  }));
  const languages = Object.fromEntries(versions.map(({ language, url }) => [language, url]));
  const alternates = versions.length > 1 ? { alternates: { languages } } : {};
  return versions.map(({ language, url }) => ({ url, ...more(language), ...alternates }));
}
