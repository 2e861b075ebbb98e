import { expect, test } from "vitest";
import { type Article, listRelatedArticles } from "./article";

function article(id: string, { topics, day }: { topics: string[]; day: number }): Article {
  const publishedAt = `2026-01-0${day}T09:00:00+03:00`;
  const none = { standfirst: null, byline: null, picture: null, ask: null, closing: null, sensitive: false };
  return { id, slug: id, language: "en", kicker: "News", headline: id, publishedAt, topics, body: "Text.", ...none };
}

const read = article("read", { topics: ["sea", "winter"], day: 5 });
const both = article("both", { topics: ["winter", "sea"], day: 1 });
const older = article("older", { topics: ["sea"], day: 2 });
const newer = article("newer", { topics: ["sea"], day: 4 });
const other = article("other", { topics: ["chess"], day: 9 });

test("lists the most shared topics first, then the newest, and never the article itself", () => {
  const related = listRelatedArticles([other, older, newer, read, both], { article: read, limit: 4 });
  expect(related.map(({ id }) => id)).toEqual(["both", "newer", "older", "other"]);
});

test("lists no more than the requested number", () => {
  expect(listRelatedArticles([other, older, newer], { article: read, limit: 2 })).toHaveLength(2);
});
