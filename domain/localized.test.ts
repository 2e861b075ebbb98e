import { expect, test } from "vitest";
import { wordingIn } from "./localized";

const name = { en: "Harbour News", ru: "Гавань" };

test.each([
  ["Harbour News", "ru", "Harbour News"],
  [name, "ru", "Гавань"],
  [name, "en-GB", "Harbour News"],
  [name, "nl", "Harbour News"],
  [{ ru: "Гавань" }, "nl", ""],
  [{ en: "" }, "en", ""],
] as const)("the wording of %j in %s is %j", (words, locale, said) => {
  expect(wordingIn(words, { locale, defaultLanguage: "en" })).toBe(said);
});
