import { expect, test } from "vitest";
import { languageOfAddress, offeredLanguage, otherLanguages, pathIn } from "./languages";

const one = { languages: ["en"], defaultLanguage: "en" };
const three = { languages: ["en", "ru", "pt-BR"], defaultLanguage: "en" };

test("only languages other than the default one have a part of the path", () => {
  expect(otherLanguages(three)).toEqual(["ru", "pt-BR"]);
  expect(pathIn("en", "/give", three)).toBe("/give");
  expect(pathIn("ru", "/give?every=once", three)).toBe("/ru/give?every=once");
  expect(pathIn("pt-BR", "/", three)).toBe("/pt-BR");
});

test("a language that is not offered any more has the default language's path", () => {
  expect(pathIn("de", "/give", three)).toBe("/give");
  expect(pathIn("ru", "/give", one)).toBe("/give");
  expect(offeredLanguage("de", three)).toBe("en");
  expect(offeredLanguage(["ru"], three)).toBe("en");
});

test("an address names a language that is offered, and never the default one", () => {
  expect(languageOfAddress(undefined, three)).toBe("en");
  expect(languageOfAddress("ru", three)).toBe("ru");
  for (const segment of ["en", "de", "RU", "favicon", ["ru", "ru"]])
    expect(languageOfAddress(segment, three)).toBe(null);
  expect(languageOfAddress("ru", one)).toBe(null);
});
