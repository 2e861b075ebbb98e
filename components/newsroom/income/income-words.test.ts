import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { dimensionValueName } from "./income-words";

const findHeadline = () => null;

test.each([
  ["en", "placement", "banner", "Banner"],
  ["ru", "placement", "banner", "Баннер"],
  ["ru", "placement", "article", "Конец статьи"],
  ["ru", "placement", "give", "Страница с формой"],
  ["ru", "placement", "", "Неизвестно"],
  ["ru", "variant", "first/b", "first, вариант B"],
  ["ru", "rhythm", "recurring", "Регулярные"],
] as const)("in %s, the %s '%s' is called '%s'", (locale, dimension, name, text) => {
  expect(dimensionValueName(translator(locale), { dimension, name, findHeadline })).toBe(text);
});

test("a placement that the site no longer has is shown as it is stored", () => {
  const value = { dimension: "placement", name: "sidebar", findHeadline } as const;
  expect(dimensionValueName(translator("ru"), value)).toBe("sidebar");
});
