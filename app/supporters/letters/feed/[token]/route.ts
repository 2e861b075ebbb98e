// Returns a supporter's RSS feed of letters. Everybody who has the token in the URL can read the feed, without signing
// in. While the supporter is not allowed to read letters, the feed explains this instead, because RSS programs drop a
// feed that answers 404.
import { Feed } from "feed";
import { translator } from "@/content/messages";
import { findLetterFeed } from "@/domain/supporters/letter-readers";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { siteUrl } from "@/systems/env";
import { hashFeedToken } from "@/systems/letters/feed-token";
import { renderLetterBody } from "@/systems/letters/letter-body";
import { listPublishedLetters } from "@/systems/letters/published-letters";

const MAX_ITEMS = 30;
const HEADERS = {
  "Content-Type": "application/rss+xml; charset=utf-8",
  "Cache-Control": "private, no-store",
  "X-Robots-Tag": "noindex",
};

type Context = { params: Promise<{ token: string }> };

export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const now = currentTime();
  const found = await findLetterFeed(await database(), { feedTokenHash: hashFeedToken(token), now });
  if (!found) return new Response(null, { status: 404, headers: { "Cache-Control": "private, no-store" } });
  return new Response(letterFeed({ ...found, now }).rss2(), { headers: HEADERS });
}

/**
 * Returns the feed with the newest letters, or without any if `isOpen` is false. The feed contains neither the
 * supporter's identity nor the token.
 */
function letterFeed({ isOpen, locale, now }: { isOpen: boolean; locale: string | null; now: Date }): Feed {
  const language = locale ?? publication.defaultLanguage;
  const t = translator(language);
  const site = siteUrl();
  const { name, contact } = publication;
  const description = isOpen
    ? t("letters.feed.description", { name })
    : t("letters.feed.closed", { url: `${site}/give` });
  const title = t("letters.feed.title", { name });
  const feed = new Feed({
    ...{ id: `${site}/supporters`, link: `${site}/supporters`, title, description, language },
    ...{ copyright: name, generator: false },
  });
  if (!isOpen) return feed;
  for (const { slug, headline, teaser, byline, publishedAt, body } of listPublishedLetters(language, now).slice(
    0,
    MAX_ITEMS,
  )) {
    const link = `${site}/supporters/letters/${slug}`;
    feed.addItem({
      ...{ id: link, guid: link, link, title: headline, description: teaser, date: new Date(publishedAt) },
      content: renderLetterBody(body, { siteUrl: site }).html.html,
      author: byline ? [{ name: byline, email: contact }] : undefined,
    });
  }
  return feed;
}
