import { expect, test } from "vitest";
import { isSlug, MAX_SLUG_LENGTH, slugOf } from "./slug";

test.each([
  ["Last Ferry Leaves: ‘We do not Ask’", "last-ferry-leaves-we-do-not-ask"],
  ["Isn’t it? It's 5% (U.S.)", "isnt-it-its-5-us"],
  ["Café Zürich — ½ price", "cafe-zurich-1-2-price"],
  ["Щука и ёж в Йошкар-Оле", "shchuka-i-yozh-v-yoshkar-ole"],
  ["../../etc/passwd", "etc-passwd"],
])("the slug of “%s” is %s", (headline, slug) => {
  expect(slugOf(headline)).toBe(slug);
});

test("a long headline is cut between words", () => {
  const slug = slugOf("word ".repeat(40)) ?? "";
  expect(slug.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH);
  expect(slug.endsWith("word")).toBe(true);
});

test("a single very long word is also cut", () => {
  expect(slugOf("a".repeat(300))).toHaveLength(MAX_SLUG_LENGTH);
});

test("a headline that cannot be written in ASCII has no slug", () => {
  expect(slugOf("莫斯科")).toBeNull();
});

test("a slug has only lower-case letters, digits and single hyphens, up to the maximum length", () => {
  expect(isSlug("last-ferry-2026")).toBe(true);
  for (const text of ["", "Last", "a--b", "-a", "a/b", "..", "a".repeat(MAX_SLUG_LENGTH + 1)])
    expect(isSlug(text)).toBe(false);
});
