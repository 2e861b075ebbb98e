import { expect, test, vi } from "vitest";
import type { Article } from "@/domain/articles/article";
import { CARD } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { drawCard } from "./draw-card";

const [article] = listArticles() as [Article];

/** A JPEG has its size in the frame header. */
function sizeOf(bytes: Buffer): { width: number; height: number } {
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc2])) >= 0 ? 0xc2 : 0xc0;
  const at = bytes.indexOf(Buffer.from([0xff, frame]));
  return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
}

test("draws a JPEG of the size and weight that social networks accept", async () => {
  const card = await drawCard(article);
  expect(card.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(sizeOf(card)).toEqual({ width: CARD.width, height: CARD.height });
  expect(card.length).toBeLessThan(300_000);
});

test.each([
  ["an accented headline", "Čapek’s “robots” are a hundred — and then?"],
  ["a Russian headline", "Как карта метро научилась не показывать лишнего"],
  ["a headline in a script that the type lacks", "მეტროს რუკა"],
  ["a headline with a picture in it", "The map ❤️ 🗺️ of the metro"],
])("draws %s without fetching a font", async (_, headline) => {
  const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("the card fetched something"));
  await drawCard({ ...article, headline, picture: null });
  const elsewhere = fetched.mock.calls.map(([url]) => String(url)).filter((url) => url.startsWith("http"));
  fetched.mockRestore();
  expect(elsewhere).toEqual([]);
});

test("draws a different card for a different headline", async () => {
  const plain = { ...article, picture: null };
  const [one, other] = [await drawCard(plain), await drawCard({ ...plain, headline: "Something else" })];
  expect(one.equals(other)).toBe(false);
});
