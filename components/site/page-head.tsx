// What a page says of itself to search engines, feed readers and those who share its link.
import Head from "next/head";
import type { ReactNode } from "react";
import { publication } from "@/publication";

type PageHeadProps = {
  /** `https://news.example`, without a slash at its end. */
  site: string;
  path: string;
  title: string;
  description: string;
  /** Path of a picture on this site. */
  picture?: { src: string; alt: string; width: number; height: number } | null;
  article?: { publishedAt: string; section: string } | null;
  isPrivate?: boolean;
  children?: ReactNode;
};

/** What link previews can draw; they know no AVIF. */
const SHARED_FORMATS = /\.(?:png|jpe?g|webp)$/;

export function PageHead({ site, path, title, description, picture, article, isPrivate, children }: PageHeadProps) {
  const { name, accent } = publication;
  const shown =
    picture && SHARED_FORMATS.test(picture.src) ? picture : { src: "/og.png", alt: name, width: 1200, height: 630 };
  return (
    <Head>
      <title>{title === name ? title : `${title} · ${name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="description" content={description} />
      {isPrivate ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={site + path} />}
      <meta property="og:site_name" content={name} />
      <meta property="og:type" content={article ? "article" : "website"} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={site + path} />
      <meta property="og:image" content={site + shown.src} />
      <meta property="og:image:alt" content={shown.alt} />
      <meta property="og:image:width" content={String(shown.width)} />
      <meta property="og:image:height" content={String(shown.height)} />
      {article ? <meta property="article:published_time" content={article.publishedAt} /> : null}
      {article ? <meta property="article:section" content={article.section} /> : null}
      <meta name="twitter:card" content="summary_large_image" />
      <meta name="theme-color" content={accent.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#141516" media="(prefers-color-scheme: dark)" />
      {children}
    </Head>
  );
}
