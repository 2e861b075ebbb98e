// An article's id is opaque and never changes. So gifts stay linked to their article even if its headline or slug
// changes.

export type Picture = {
  /** Null for a caption without a picture. */
  src: string | null;
  alt: string;
  caption: string;
  credit: string | null;
  /** `width` and `height` are in pixels; both are 0 if `src` is null. */
  width: number;
  height: number;
};

export type Article = {
  id: string;
  slug: string;
  /** One of the publication's languages. */
  language: string;
  kicker: string;
  headline: string;
  standfirst: string | null;
  byline: string | null;
  /** ISO 8601 with an offset. */
  publishedAt: string;
  picture: Picture | null;
  topics: string[];
  /** The original site's appeal above an imported article. */
  ask: string | null;
  /** The original site's appeal below an imported article. */
  closing: { headline: string | null; paragraphs: string[] } | null;
  /** True if the article's page must not ask for money, for example because people died. */
  sensitive: boolean;
  /** Markdown. */
  body: string;
};

export type LetterToSupporters = {
  slug: string;
  headline: string;
  byline: string | null;
  publishedAt: string;
  teaser: string;
  /** Markdown. */
  body: string;
};

/** Returns up to `limit` other articles: those with the most shared topics first, then the newest. */
export function listRelatedArticles(
  articles: Article[],
  { article, limit }: { article: Article; limit: number },
): Article[] {
  const shared = (other: Article) => other.topics.filter((topic) => article.topics.includes(topic)).length;
  return articles
    .filter((other) => other.id !== article.id)
    .toSorted((a, b) => shared(b) - shared(a) || compareByNewest(a, b))
    .slice(0, limit);
}

export function compareByNewest(a: { publishedAt: string }, b: { publishedAt: string }): number {
  return Date.parse(b.publishedAt) - Date.parse(a.publishedAt);
}

/**
 * Returns the articles by id. If several articles have the same id, keeps the one that was published first. If they
 * were published at the same time, keeps the first by slug.
 */
export function articlesById(articles: readonly Article[]): Map<string, Article> {
  const oldestFirst = articles.toSorted((a, b) => compareByNewest(b, a) || (a.slug < b.slug ? -1 : 1));
  return new Map(oldestFirst.toReversed().map((article) => [article.id, article]));
}
