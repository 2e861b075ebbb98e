// The feed's format is RSS 2.0: rssboard.org/rss-specification.
import { statSync } from "node:fs";
import { expect, test, vi } from "vitest";

vi.stubEnv("SITE_URL", "https://news.example");
const { GET } = await import("./route");
const xml = await (await GET()).text();
const [head = "", ...items] = xml.split(/<item>/);

function textOf(part: string, element: string): string | undefined {
  const [, text] =
    new RegExp(`<${element}(?:\\s[^>]*)?>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${element}>`, "s").exec(part) ?? [];
  return text;
}

test("gives the channel the required elements and the feed's own URL", () => {
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\s*<rss version="2.0" xmlns:atom=/);
  for (const element of ["title", "link", "description"]) expect(textOf(head, element), element).toBeTruthy();
  expect(head).toContain('<atom:link href="https://news.example/feed.xml" rel="self" type="application/rss+xml"/>');
});

test("gives every item a title, an absolute link, an opaque id and a date with a four-digit year", () => {
  expect(items.length).toBeGreaterThan(1);
  for (const item of items) {
    expect(textOf(item, "title")).toBeTruthy();
    expect(textOf(item, "link")).toMatch(/^https:\/\/news\.example\/articles\/[a-z0-9-]+$/);
    expect(item).toMatch(/<guid isPermaLink="false">a_[a-z0-9]{8}<\/guid>/);
    expect(textOf(item, "pubDate")).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
  }
});

test("writes an author as an e-mail address with a name in brackets, as RSS requires", () => {
  const authors = items.map((item) => textOf(item, "author")).filter((author) => author !== undefined);
  expect(authors.length).toBeGreaterThan(0);
  for (const author of authors) expect(author).toMatch(/^\S+@\S+\.\S+ \(.+\)$/);
});

test("gives every picture its URL, type and length in bytes", () => {
  const pictures = items.flatMap((item) => item.match(/<enclosure [^>]*>/g) ?? []);
  expect(pictures.length).toBe(items.length);
  for (const picture of pictures) {
    const of = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(picture)?.[1] ?? "";
    const { origin, pathname } = new URL(of("url"));
    expect(origin).toBe("https://news.example");
    expect(of("type")).toMatch(/^image\/(avif|jpeg|png|webp)$/);
    expect(Number(of("length"))).toBe(statSync(`public${pathname}`).size);
  }
});
