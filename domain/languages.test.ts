import { expect, test } from "vitest";
import {
  languageOfPathSegment,
  languageOfReader,
  localizedPath,
  nonDefaultLanguages,
  offeredLanguage,
} from "./languages";

const one = { languages: ["en"], defaultLanguage: "en" };
const three = { languages: ["en", "ru", "pt-BR"], defaultLanguage: "en" };

test("only paths in languages other than the default begin with the language", () => {
  expect(nonDefaultLanguages(three)).toEqual(["ru", "pt-BR"]);
  expect(localizedPath("en", "/give", three)).toBe("/give");
  expect(localizedPath("ru", "/give?every=once", three)).toBe("/ru/give?every=once");
  expect(localizedPath("pt-BR", "/", three)).toBe("/pt-BR");
});

test("a language that is no longer offered falls back to the default language", () => {
  expect(localizedPath("de", "/give", three)).toBe("/give");
  expect(localizedPath("ru", "/give", one)).toBe("/give");
  expect(offeredLanguage("de", three)).toBe("en");
  expect(offeredLanguage(["ru"], three)).toBe("en");
});

test("a path segment is a language only if it is offered and is not the default", () => {
  expect(languageOfPathSegment(undefined, three)).toBe("en");
  expect(languageOfPathSegment("ru", three)).toBe("ru");
  for (const segment of ["en", "de", "RU", "favicon", ["ru", "ru"]])
    expect(languageOfPathSegment(segment, three)).toBe(null);
  expect(languageOfPathSegment("ru", one)).toBe(null);
});

test.each([
  ["the query first", { previousLanguage: "ru", at: "/sign-in?language=pt-BR", preferred: ["ru"] }, "pt-BR"],
  ["the previous page", { previousLanguage: "ru", at: "/supporters", preferred: ["pt-BR"] }, "ru"],
  [
    "the browser if the previous page was in the default language",
    { previousLanguage: "en", at: "/supporters", preferred: ["ru"] },
    "ru",
  ],
  ["the path", { previousLanguage: "", at: "/ru/give", preferred: ["en"] }, "ru"],
  [
    "the browser's first offered language",
    { previousLanguage: "", at: "/sign-in", preferred: ["de", "ru-RU", "en"] },
    "ru",
  ],
  [
    "the default if nothing else is offered",
    { previousLanguage: "de", at: "/de?language=de", preferred: ["de"] },
    "en",
  ],
])("the language of a page rendered in the browser is that of %s", (_, { at, ...asked }, language) => {
  expect(languageOfReader({ ...asked, url: new URL(at, "http://site") }, three)).toBe(language);
});
