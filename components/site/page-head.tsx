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

export function PageHead({ site, path, title, description, picture, article, isPrivate, children }: PageHeadProps) {
  const { name, accent } = publication;
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
      <meta property="og:image" content={site + (picture?.src ?? "/share.png")} />
      <meta property="og:image:alt" content={picture?.alt ?? name} />
      <meta property="og:image:width" content={String(picture?.width ?? 1200)} />
      <meta property="og:image:height" content={String(picture?.height ?? 630)} />
      {article ? <meta property="article:published_time" content={article.publishedAt} /> : null}
      {article ? <meta property="article:section" content={article.section} /> : null}
      <meta name="twitter:card" content="summary_large_image" />
      <meta name="theme-color" content={accent.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#141516" media="(prefers-color-scheme: dark)" />
      {children}
    </Head>
  );
}
