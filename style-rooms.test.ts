// Every class must belong to one stylesheet: two stylesheets with the same class name once hid a list in the newsroom.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "components/style");
/** This stylesheet is allowed to use classes of the other stylesheets, because it is only for print. */
const FOR_ALL = "print.css";

const READER_ROOMS = [
  "pages",
  ...["appeal", "article", "giving", "site", "thanks", "ui", "browser"].map((room) => `components/${room}`),
];

type Selector = { sheet: string; text: string; classes: string[] };

const selectors = readdirSync(FOLDER)
  .filter((sheet) => sheet.endsWith(".css") && sheet !== FOR_ALL)
  .flatMap((sheet) => selectorsOf(sheet, readFileSync(join(FOLDER, sheet), "utf8")));

test("no class is defined in two stylesheets", () => {
  expect(definedTwice(selectors)).toEqual([]);
});

test("a stylesheet uses another's class only together with a class of its own", () => {
  expect(outOfPlace(selectors)).toEqual([]);
});

test("the readers' stylesheet is a part of the site's, in the same order", () => {
  const all = importsOf("site.css");
  expect(importsOf("reader.css")).toEqual(all.filter((sheet) => importsOf("reader.css").includes(sheet)));
});

test("an article's first styles are a part of the readers' stylesheet, in the same order", () => {
  const all = importsOf("reader.css");
  expect(importsOf("first.css").length).toBeGreaterThan(3);
  expect(importsOf("first.css")).toEqual(all.filter((sheet) => importsOf("first.css").includes(sheet)));
});

test("reader pages do not use a class of a stylesheet that they do not load", () => {
  const sheets = sheetsByClass(selectors);
  const loaded = new Set(importsOf("reader.css"));
  const used = READER_ROOMS.flatMap((room) => classNamesIn(join(import.meta.dirname, room)));
  expect(used.length).toBeGreaterThan(100);
  const missing = used.filter((name) => [...(sheets.get(name) ?? [])].some((sheet) => !loaded.has(sheet)));
  expect([...new Set(missing)]).toEqual([]);
});

test("finds a class that two stylesheets define, and a class styled by another stylesheet", () => {
  const ui = selectorsOf("ui.css", ".button, .button:hover { color: red } .table > .row { margin: 0 }");
  const room = selectorsOf("room.css", "/* .row {} */ @media (min-width: 1px) { .button[disabled] { color: blue } }");
  expect(definedTwice([...ui, ...room])).toEqual(["button: ui.css, room.css"]);
  const scoped = selectorsOf(
    "room.css",
    ".room { margin: 0 } .room .button { color: blue } .button > b { color: blue }",
  );
  expect(outOfPlace([...ui, ...scoped])).toEqual(["room.css: .button > b"]);
});

function importsOf(sheet: string): string[] {
  return [...readFileSync(join(FOLDER, sheet), "utf8").matchAll(/@import "\.\/([\w-]+\.css)"/g)].map(
    ([, name = ""]) => name,
  );
}

function classNamesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  return files.flatMap((name) => {
    const classes = readFileSync(join(folder, name), "utf8").matchAll(
      /(?:className=\{?|classList\.\w+\()["'`]([^"'`]+)/g,
    );
    return [...classes].flatMap(([, words = ""]) => words.split(/[\s${}]+/));
  });
}

function definedTwice(all: readonly Selector[]): string[] {
  return [...sheetsByClass(all)]
    .filter(([, sheets]) => sheets.size > 1)
    .map(([name, sheets]) => `${name}: ${[...sheets].join(", ")}`);
}

function outOfPlace(all: readonly Selector[]): string[] {
  const sheets = sheetsByClass(all);
  const isOwn = (sheet: string, name: string) => sheets.get(name)?.has(sheet) ?? true;
  return all
    .filter(({ sheet, classes }) => classes.length > 0 && !classes.some((name) => isOwn(sheet, name)))
    .map(({ sheet, text }) => `${sheet}: ${text}`);
}

/**
 * Returns the stylesheets that own each class. A stylesheet owns a class if one of its selectors contains that class,
 * but no other class and no combinator.
 */
function sheetsByClass(all: readonly Selector[]): Map<string, Set<string>> {
  const sheets = new Map<string, Set<string>>();
  for (const { sheet, text, classes } of all) {
    const [only, ...others] = classes;
    if (only === undefined || others.length > 0 || /[\s>+~]/.test(text)) continue;
    sheets.set(only, (sheets.get(only) ?? new Set()).add(sheet));
  }
  return sheets;
}

function selectorsOf(sheet: string, css: string): Selector[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const preludes = [...bare.matchAll(/([^{};]+)\{/g)].map(([, prelude = ""]) => prelude.trim());
  return preludes
    .filter((prelude) => !prelude.startsWith("@"))
    .flatMap(splitAtCommas)
    .map((text) => ({ sheet, text, classes: classesIn(text) }));
}

function splitAtCommas(prelude: string): string[] {
  return prelude.split(/,(?![^(]*\))/).map((selector) => selector.trim().replace(/\s+/g, " "));
}

function classesIn(selector: string): string[] {
  return [...new Set([...selector.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map(([, name = ""]) => name))];
}
