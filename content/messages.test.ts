import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import {
  formatLanguagesFile,
  generateSiteJsonModule,
  listLanguageFolders,
  listMessageFiles,
} from "../tools/content/messages";

/**
 * An element of a message, as the parser of intl-messageformat returns it. `value`: the name of a placeholder or tag,
 * or a plain text. The `#` of a plural has no `value`.
 */
type Element = {
  type: number;
  value?: string;
  options?: Record<string, { value: Element[] }>;
  children?: Element[];
  pluralType?: "cardinal" | "ordinal";
};
const [TEXT, TAG] = [0, 8];
type Messages = Record<string, string>;

const FOLDER = import.meta.dirname;
const LANGUAGES = listLanguageFolders();
const OTHERS = LANGUAGES.filter((language) => language !== "en");

test("every file of messages is registered: run `npm run messages` after adding one", () => {
  const imports = (text: string) => text.match(/^import .*$/gm);
  const written = (file: string) => imports(readFileSync(join(FOLDER, "messages", file), "utf8"));
  expect(written("languages.ts")).toEqual(imports(formatLanguagesFile()));
  expect(written("site-words.ts")).toEqual(imports(generateSiteJsonModule()));
});

test("no two files of a language have the same message", () => {
  for (const language of LANGUAGES) {
    const keys = listMessageFiles(language).flatMap((file) => Object.keys(read(language, file)));
    expect(keys.length, language).toBe(new Set(keys).size);
  }
});

test("a translated file has the messages of the English file, and no others", () => {
  for (const [language, file] of translatedFiles()) {
    expect(listMessageFiles("en"), `${language}/${file}.json`).toContain(file);
    expect(Object.keys(read(language, file)).sort(), `${language}/${file}.json`).toEqual(
      Object.keys(read("en", file)).sort(),
    );
  }
});

test("a translated message has the arguments, choices and tags of the English one", () => {
  for (const [language, file] of translatedFiles()) {
    const english = read("en", file);
    for (const [key, text] of Object.entries(read(language, file)))
      expect(partsOf(text, language), `${language}: ${key}`).toEqual(partsOf(english[key] ?? "", "en"));
  }
});

test("every plural of a translated message has each form that its language needs", () => {
  for (const language of OTHERS) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const file of listMessageFiles(language))
      for (const [key, text] of Object.entries(read(language, file)))
        for (const forms of pluralsOf(text, language))
          expect(forms, `${language}: ${key}`).toEqual(expect.arrayContaining(needed));
  }
});

test("the comparison sees arguments, choices, tags and plural forms", () => {
  const text =
    "{count, plural, one {# gift} other {# gifts}} by <b>{name}</b>, {kind, select, once {now} other {later}}";
  expect(partsOf(text, "en")).toEqual(["<b>", "{count}", "{kind: once, other}", "{name}"]);
  expect(partsOf(text.replace("once", "twice"), "en")).toContain("{kind: other, twice}");
  expect(pluralsOf(text, "en")).toEqual([["one", "other"]]);
});

function translatedFiles(): [language: string, file: string][] {
  return OTHERS.flatMap((language) => listMessageFiles(language).map((file): [string, string] => [language, file]));
}

function read(language: string, file: string): Messages {
  return JSON.parse(readFileSync(join(FOLDER, "messages", language, `${file}.json`), "utf8"));
}

function parse(text: string, language: string): Element[] {
  return flatten(new IntlMessageFormat(text, language).getAst() as Element[]);
}

function flatten(elements: Element[]): Element[] {
  return elements.flatMap((element) => {
    const options = Object.values(element.options ?? {}).flatMap(({ value }) => value);
    return [element, ...flatten([...options, ...(element.children ?? [])])];
  });
}

/** Returns the placeholders, the tags, and the choices of each select in a message, sorted and without duplicates. */
function partsOf(text: string, language: string): string[] {
  const parts = parse(text, language).flatMap(({ type, value, options, pluralType }) => {
    if (type === TEXT || value === undefined) return [];
    if (type === TAG) return [`<${value}>`];
    return options && !pluralType ? [`{${value}: ${Object.keys(options).sort().join(", ")}}`] : [`{${value}}`];
  });
  return [...new Set(parts)].sort();
}

/**
 * Returns the plural categories of each cardinal plural in a message, such as `one` and `other`, without exact values
 * such as `=1`.
 */
function pluralsOf(text: string, language: string): string[][] {
  const plurals = parse(text, language).filter(({ pluralType }) => pluralType === "cardinal");
  return plurals.map(({ options = {} }) => Object.keys(options).filter((form) => !form.startsWith("=")));
}
