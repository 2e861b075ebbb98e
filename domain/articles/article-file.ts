// Formats an article as a Markdown file. Escapes special characters of the original text, so that they never become a
// heading, a horizontal rule or HTML.
import { toMarkdown } from "mdast-util-to-markdown";
import { stringify } from "yaml";
import type { Picture } from "./article";
import type { ArticlePageParts } from "./plain-text-page";

export type ArticleFrontMatterDetails = {
  id: string;
  /** The article's language. If it is missing, the publication's default language applies. */
  language?: string | undefined;
  kicker: string;
  byline: string | null;
  publishedAt: string;
  sensitive: boolean;
  picture: { src: string; alt: string | null; width: number; height: number } | null;
};

export function formatArticleFile(page: ArticlePageParts, details: ArticleFrontMatterDetails): string {
  const matter = {
    id: details.id,
    ...(details.language && { language: details.language }),
    kicker: details.kicker,
    headline: page.headline,
    standfirst: page.standfirst,
    byline: details.byline ?? page.byline,
    publishedAt: details.publishedAt,
    picture: pictureOf(page, details.picture),
    topics: [],
    ask: page.ask,
    closing: page.closing,
    sensitive: details.sensitive,
  };
  return `---\n${stringify(matter, { lineWidth: 0 })}---\n\n${bodyOf(page.paragraphs)}`;
}

function pictureOf(
  { caption, headline }: ArticlePageParts,
  picture: ArticleFrontMatterDetails["picture"],
): Picture | null {
  if (!picture && !caption) return null;
  const none = { src: null, alt: "", width: 0, height: 0 };
  const image = picture ? { ...picture, alt: picture.alt ?? caption ?? headline } : none;
  return { ...image, caption: caption ?? "", credit: null };
}

function bodyOf(paragraphs: string[]): string {
  return toMarkdown({
    type: "root",
    children: paragraphs.map((value) => ({ type: "paragraph", children: [{ type: "text", value }] })),
  });
}
