import { expect, test } from "vitest";
import { isSlug, LONGEST_SLUG, slugOf } from "./slug";

test.each([
  ["Last Ferry Leaves: ‘We do not Ask’", "last-ferry-leaves-we-do-not-ask"],
  ["Isn’t it? It's 5% (U.S.)", "isnt-it-its-5-us"],
  ["Café Zürich — ½ price", "cafe-zurich-1-2-price"],
  ["Щука и ёж в Йошкар-Оле", "shchuka-i-yozh-v-yoshkar-ole"],
  ["../../etc/passwd", "etc-passwd"],
])("%s", (headline, slug) => {
  expect(slugOf(headline)).toBe(slug);
});

test("a long headline is cut between words", () => {
  const slug = slugOf("word ".repeat(40)) ?? "";
  expect(slug.length).toBeLessThanOrEqual(LONGEST_SLUG);
  expect(slug.endsWith("word")).toBe(true);
});

test("a single very long word is cut too", () => {
  expect(slugOf("a".repeat(300))).toHaveLength(LONGEST_SLUG);
});

test("a headline that ASCII cannot spell has no address", () => {
  expect(slugOf("莫斯科")).toBeNull();
});

test("an address is small letters, figures and single hyphens", () => {
  expect(isSlug("last-ferry-2026")).toBe(true);
  for (const text of ["", "Last", "a--b", "-a", "a/b", "..", "a".repeat(LONGEST_SLUG + 1)])
    expect(isSlug(text)).toBe(false);
});
