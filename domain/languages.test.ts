import { expect, test } from "vitest";
import { languageOfAddress, languageOfBrowser, offeredLanguage, otherLanguages, pathIn } from "./languages";

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

test.each([
  ["the query", { shown: "ru", at: "/sign-in?language=pt-BR", preferred: ["ru"] }, "pt-BR"],
  ["the page before", { shown: "ru", at: "/supporters", preferred: ["pt-BR"] }, "ru"],
  ["the browser rather than a default page", { shown: "en", at: "/supporters", preferred: ["ru"] }, "ru"],
  ["the path", { shown: "", at: "/ru/give", preferred: ["en"] }, "ru"],
  ["the browser", { shown: "", at: "/sign-in", preferred: ["de", "ru-RU", "en"] }, "ru"],
  ["nothing else", { shown: "de", at: "/de?language=de", preferred: ["de"] }, "en"],
])("a page that the browser draws follows %s", (_, { at, ...asked }, language) => {
  expect(languageOfBrowser({ ...asked, address: new URL(at, "http://site") }, three)).toBe(language);
});
