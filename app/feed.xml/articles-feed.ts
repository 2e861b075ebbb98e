import { Feed } from "feed";
import { translator } from "@/content/messages";
import { localizedPath } from "@/domain/languages";
import { mottoIn } from "@/domain/publication";
import { publication } from "@/publication";
import { listArticlesIn } from "@/systems/content";
import { siteUrl } from "@/systems/env";
import { findPictureTypeAndLength } from "@/systems/pictures";

const MAX_ITEMS = 30;

export async function buildArticlesFeedResponse(locale: string): Promise<Response> {
  const xml = (await articlesFeed(locale)).rss2();
  return new Response(xml, { headers: { "Content-Type": "application/rss+xml; charset=utf-8" } });
}

async function articlesFeed(locale: string): Promise<Feed> {
  const site = siteUrl();
  const { name, contact } = publication;
  const home = site + localizedPath(locale, "/", publication);
  const articles = listArticlesIn(locale).slice(0, MAX_ITEMS);
  const feed = new Feed({
    id: home,
    link: home,
    title: name,
    description: translator(locale)("site.front.title", { name, motto: mottoIn(locale, publication) }),
    language: locale,
    feedLinks: { rss: site + localizedPath(locale, "/feed.xml", publication) },
    updated: articles[0] ? new Date(articles[0].publishedAt) : undefined,
    copyright: name,
    generator: false,
  });
  for (const { id, slug, headline, standfirst, publishedAt, byline, kicker, picture } of articles) {
    feed.addItem({
      id,
      guid: id,
      link: `${site}/articles/${slug}`,
      title: headline,
      description: standfirst ?? undefined,
      date: new Date(publishedAt),
      // RSS requires an e-mail address for each author, so every author gets the newsroom's address.
      author: byline ? [{ name: byline, email: contact }] : undefined,
      category: [{ name: kicker }],
      enclosure: await enclosureOf(picture?.src ?? ""),
    });
  }
  return feed;
}

/**
 * Returns the feed's data about a picture. Returns undefined if the picture's file is missing, so that the feed is
 * written without the picture.
 */
async function enclosureOf(src: string): Promise<{ url: string; type: string; length: number } | undefined> {
  const facts = await findPictureTypeAndLength(src);
  return facts ? { url: siteUrl() + src, ...facts } : undefined;
}
