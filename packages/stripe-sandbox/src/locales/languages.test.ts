import { expect, test } from "vitest";
import { EN } from "./en";
import { languageFor, MESSAGES_BY_LOCALE } from "./languages";

function placeholdersIn(messages: object, path = ""): [string, string[]][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]): [string, string[]][] => {
    const at = `${path}.${key}`;
    if (typeof value === "object" && value !== null) return placeholdersIn(value, at);
    return [[at, (String(value).match(/\{\w+\}/g) ?? []).sort()]];
  });
}

test.each(Object.keys(MESSAGES_BY_LOCALE))("%s has every text, with the same placeholders as English", (language) => {
  const messages = MESSAGES_BY_LOCALE[language] ?? {};
  expect(Object.fromEntries(placeholdersIn(messages))).toEqual(Object.fromEntries(placeholdersIn(EN)));
  expect(JSON.stringify(messages)).not.toContain('""');
});

test("a page prefers the session's language to the browser's, and uses English as the last choice", () => {
  expect(languageFor("pt-BR", "de").messages).toBe(MESSAGES_BY_LOCALE.pt);
  expect(languageFor("auto", "xx, nl;q=0.8, fr;q=0.9").messages).toBe(MESSAGES_BY_LOCALE.fr);
  expect(languageFor(null, undefined)).toMatchObject({ locale: "en", direction: "ltr" });
});
