import { NextRequest } from "next/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { publication } from "@/publication";
import { proxy } from "../proxy";
import { formLanguage, languageOfNodeRequest, pathInFormLanguage, requestedLanguage } from "./requested-language";

beforeEach(() => offer(["en", "ru", "de"]));
afterEach(() => offer(["en"]));

/** Changes the languages that the site offers. All modules use the same publication, so this affects all of them. */
function offer(languages: string[]): void {
  Object.assign(publication, { languages });
}

function asked(path: string, accepted?: string): string {
  const headers = new Headers(accepted === undefined ? {} : { "accept-language": accepted });
  return requestedLanguage({ url: new URL(path, "https://news.example"), headers });
}

test("takes the language from the query, then the path, then the browser, then the default", () => {
  expect(asked("/sign-in?language=ru", "de")).toBe("ru");
  expect(asked("/ru/no-such-page?language=de", "en")).toBe("de");
  expect(asked("/ru/no-such-page", "de")).toBe("ru");
  expect(asked("/sign-in", "de")).toBe("de");
  expect(asked("/sign-in")).toBe("en");
});

test("ignores a language that the site does not offer", () => {
  expect(asked("/sign-in?language=fr", "ru")).toBe("ru");
  expect(asked("/fr/no-such-page", "fr")).toBe("en");
  offer(["en"]);
  expect(asked("/sign-in?language=ru", "ru")).toBe("en");
});

test.each([
  ["ru-RU,ru;q=0.9,en;q=0.8", "ru"],
  ["fr-FR,fr;q=0.9,de;q=0.5,ru;q=0.4", "de"],
  ["uk,ru;q=0.9,en;q=0.9", "ru"],
  ["ru;q=0", "en"],
  ["*", "en"],
  ["", "en"],
  [";;;=,q", "en"],
  [`${"x,".repeat(20_000)}ru`, "ru"],
])("a browser that accepts %.60s gets %s", (accepted, language) => {
  expect(asked("/sign-in", accepted)).toBe(language);
});

test("the proxy replaces a language header that came with the request", () => {
  const request = new NextRequest("https://news.example/sign-in?language=ru", {
    headers: { "x-page-language": "de" },
  });
  const language = proxy(request).headers.get("x-middleware-request-x-page-language");
  expect(language).toBe("ru");
});

test("a form's hidden field names the language of its page", () => {
  expect(formLanguage(new URLSearchParams({ language: "ru" }))).toBe("ru");
  for (const language of ["fr", "", "/evil"]) expect(formLanguage(new URLSearchParams({ language }))).toBe("en");
  expect(formLanguage(new URLSearchParams())).toBe("en");
});

test("pages that the proxy does not see follow the same rule", () => {
  const ofBrowser = (url: string, accepted: string) =>
    languageOfNodeRequest({ url, headers: { "accept-language": accepted } });
  expect(ofBrowser("/try-again?back=%2F&language=ru", "de")).toBe("ru");
  expect(ofBrowser("/articles/none", "de,en;q=0.5")).toBe("de");
  expect(ofBrowser("//evil.example/articles/none", "")).toBe("en");
  expect(languageOfNodeRequest({ url: "/erased", headers: {} })).toBe("en");
});

test("a form leads to a page in its own language", () => {
  const path = (language: string) => pathInFormLanguage("/unsubscribe?token=x", new URLSearchParams({ language }));
  expect(["ru", "en", "fr"].map(path)).toEqual([
    "/unsubscribe?token=x&language=ru",
    "/unsubscribe?token=x",
    "/unsubscribe?token=x",
  ]);
});
