// No language lacks a sentence, or a name, sum or date that belongs into it.
import { expect, test } from "vitest";
import { EN } from "./en";
import { languageFor, TABLES } from "./languages";

/** Each sentence's path, and the {names} that are put into it. */
function gapsIn(messages: object, path = ""): [string, string[]][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]): [string, string[]][] => {
    const at = `${path}.${key}`;
    if (typeof value === "object" && value !== null) return gapsIn(value, at);
    return [[at, (String(value).match(/\{\w+\}/g) ?? []).sort()]];
  });
}

test.each(Object.keys(TABLES))("%s says every sentence, with the same gaps to fill as in English", (language) => {
  const messages = TABLES[language] ?? {};
  expect(Object.fromEntries(gapsIn(messages))).toEqual(Object.fromEntries(gapsIn(EN)));
  expect(JSON.stringify(messages)).not.toContain('""');
});

test("the session's language goes before the browser's, and English is spoken where neither is known", () => {
  expect(languageFor("pt-BR", "de").messages).toBe(TABLES.pt);
  expect(languageFor("auto", "xx, nl;q=0.8, fr;q=0.9").messages).toBe(TABLES.fr);
  expect(languageFor(null, undefined)).toMatchObject({ locale: "en", direction: "ltr" });
});
