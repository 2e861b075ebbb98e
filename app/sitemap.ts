import type { MetadataRoute } from "next";
import { pathIn } from "@/domain/languages";
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
    ...(publication.publishesIncome ? [{ url: `${site}/income` }] : []),
  ];
}

type Entry = MetadataRoute.Sitemap[number];

/** A page that every language has, with the addresses of its other languages. */
function inEachLanguage(path: string, more: (locale: string) => Partial<Entry> = () => ({})): Entry[] {
  const { languages } = publication;
  const addressIn = (locale: string) => siteUrl() + pathIn(locale, path, publication);
  const versions = Object.fromEntries(languages.map((locale) => [locale, addressIn(locale)]));
  const alternates = languages.length > 1 ? { alternates: { languages: versions } } : {};
  return languages.map((locale) => ({ url: addressIn(locale), ...more(locale), ...alternates }));
}
