import Head from "next/head";
import type { ReactNode } from "react";
import { SHARE_CARD_FORMAT } from "@/domain/articles/article-pictures";
import { publication } from "@/publication";
import { META_THEME_COLORS } from "./theme-colors";

type PageHeadProps = {
  /** Such as `https://news.example`, without a trailing slash. */
  site: string;
  path: string;
  title: string;
  description: string;
  /** For link previews. If null, the publication's own image is used. */
  card?: { src: string; alt: string } | null;
  article?: { publishedAt: string; section: string } | null;
  isPrivate?: boolean;
  /**
   * True for the page that loads Stripe's script. Leaves out the publication's name in the title, and the tags for link
   * previews.
   */
  isNameless?: boolean;
  /** For pages that need the second script (components/browser/other-pages.ts). */
  hasOwnScript?: boolean;
  children?: ReactNode;
};

export function PageHead(props: PageHeadProps) {
  const { site, path, title, description, isPrivate, isNameless, hasOwnScript, children } = props;
  const { name } = publication;
  return (
    <Head>
      <title>{isNameless || title === name ? title : `${title} · ${name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="description" content={description} />
      {isPrivate ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={site + path} />}
      {isNameless ? null : previewTags(props)}
      {META_THEME_COLORS.map(({ color, media }) => (
        <meta key={media} name="theme-color" content={color} media={media} />
      ))}
      {hasOwnScript ? <script src="/reader-pages.js" defer /> : null}
      {children}
    </Head>
  );
}

/**
 * Returns the tags for link previews. It is a plain function, because `Head` reads its child elements without rendering
 * components.
 */
function previewTags({ site, path, title, description, card, article }: PageHeadProps) {
  const { name } = publication;
  const shown = card ?? { src: "/og.png", alt: name };
  return (
    <>
      <meta property="og:site_name" content={name} />
      <meta property="og:type" content={article ? "article" : "website"} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={site + path} />
      <meta property="og:image" content={site + shown.src} />
      <meta property="og:image:alt" content={shown.alt} />
      <meta property="og:image:width" content={String(SHARE_CARD_FORMAT.width)} />
      <meta property="og:image:height" content={String(SHARE_CARD_FORMAT.height)} />
      {article ? <meta property="article:published_time" content={article.publishedAt} /> : null}
      {article ? <meta property="article:section" content={article.section} /> : null}
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}
