import { expect, test, vi } from "vitest";
import type { Article } from "@/domain/articles/article";
import { SHARE_CARD_FORMAT } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { generateShareCard } from "./generate-card";

const [article] = listArticles() as [Article];

function sizeOf(bytes: Buffer): { width: number; height: number } {
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc2])) >= 0 ? 0xc2 : 0xc0;
  const at = bytes.indexOf(Buffer.from([0xff, frame]));
  return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
}

test("generates a JPEG whose pixels and bytes social networks accept", async () => {
  const card = await generateShareCard(article);
  expect(card.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(sizeOf(card)).toEqual({ width: SHARE_CARD_FORMAT.width, height: SHARE_CARD_FORMAT.height });
  expect(card.length).toBeLessThan(300_000);
});

test.each([
  ["an accented headline", "Čapek’s “robots” are a hundred — and then?"],
  ["a Russian headline", "Как карта метро научилась не показывать лишнего"],
  ["a headline in a script that the fonts lack", "მეტროს რუკა"],
  ["a headline with emoji", "The map ❤️ 🗺️ of the metro"],
])("generates a card for %s without fetching anything", async (_, headline) => {
  const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("the card fetched something"));
  await generateShareCard({ ...article, headline, picture: null });
  const elsewhere = fetched.mock.calls.map(([url]) => String(url)).filter((url) => url.startsWith("http"));
  fetched.mockRestore();
  expect(elsewhere).toEqual([]);
});

test("generates a different card for a different headline", async () => {
  const plain = { ...article, picture: null };
  const [one, other] = [
    await generateShareCard(plain),
    await generateShareCard({ ...plain, headline: "Something else" }),
  ];
  expect(one.equals(other)).toBe(false);
});
