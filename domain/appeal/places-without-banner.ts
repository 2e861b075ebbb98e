// The sections and articles in which an appeal is not shown. In a new section it is shown until an editor excludes that
// section.

export type PlacesWithoutBanner = {
  /** Section names, as shown above the sections' articles (`kicker` of an article). */
  sections: string[];
  /** Article ids. */
  articles: string[];
};

type Place = { id: string; slug: string; kicker: string };

export function isAppealAllowedInArticle(
  { id, kicker }: Pick<Place, "id" | "kicker">,
  quiet: PlacesWithoutBanner,
): boolean {
  return !quiet.sections.includes(kicker) && !quiet.articles.includes(id);
}

export type PlacesWithoutBannerCheckResult =
  | { kind: "places"; places: PlacesWithoutBanner }
  | { kind: "refused"; unknown: string[] };

/**
 * Checks the form's values. `askingSections`: the sections with a checked box. `typedArticles`: one article per line,
 * as its URL, slug or id.
 */
export function checkPlacesWithoutBanner(
  { askingSections, typedArticles }: { askingSections: readonly string[]; typedArticles: string },
  articles: readonly Place[],
): PlacesWithoutBannerCheckResult {
  const lines = typedArticles.split("\n").map((line) => line.trim());
  const named = lines.filter((line) => line !== "").map((line) => ({ line, article: findArticle(line, articles) }));
  const unknown = named.filter(({ article }) => !article).map(({ line }) => line);
  if (unknown.length > 0) return { kind: "refused", unknown };
  const sections = listSections(articles).filter((section) => !askingSections.includes(section));
  return {
    kind: "places",
    places: { sections, articles: [...new Set(named.flatMap(({ article }) => article?.id ?? []))] },
  };
}

function findArticle(line: string, articles: readonly Place[]): Place | undefined {
  const slug = /^[^?#]*?([^/?#]+)\/?(?:[?#].*)?$/.exec(line)?.[1];
  return articles.find((article) => article.id === line || article.slug === slug);
}

export function listSections(articles: readonly Pick<Place, "kicker">[]): string[] {
  return [...new Set(articles.map(({ kicker }) => kicker))].sort();
}
