import { readdirSync, readFileSync } from "node:fs";
import { convert } from "fontverter";
import { expect, test } from "vitest";
import { everyNthUnlessFullRun } from "../test/scope.mjs";
import {
  codePointsOf,
  FONT_FACES,
  FONT_FACES_FOLDER,
  FONT_FACES_STYLESHEET_PATH,
  fontFacePath,
  formatFontFacesStylesheet,
  makeFontFace,
} from "./faces";
import { parseFontTables, parseNameTable } from "./font-name";

// The usual run makes every fifth font file: all are made in the same way from their entries in FONT_FACES.
test.each(everyNthUnlessFullRun(5, FONT_FACES))("the font file $name is made from its package", async (face) => {
  const fontFace = await makeFontFace(face);
  expect(fontFace.equals(readFileSync(fontFacePath(face))), "npm run faces").toBe(true);
});

test("faces.css declares every font file with its range and weights", () => {
  expect(readFileSync(FONT_FACES_STYLESHEET_PATH, "utf8"), "npm run faces").toBe(formatFontFacesStylesheet());
});

test.each([
  ["an English article", 35_000, ["serif", "sans"]],
  [
    "a Russian article",
    45_000,
    ["serif-russian", "serif-russian-signs", "serif-name", "sans-russian", "sans-russian-signs"],
  ],
])("the fonts of %s have at most %i bytes", (_, maxBytes, names) => {
  const sizes = names.map((name) => readFileSync(fontFacePath({ name })).length);
  expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(maxBytes);
});

test.each(["serif", "sans"])(
  "the Russian %s files have the signs of measures and all letters of Roman numerals",
  (family) => {
    const ranges = FONT_FACES.filter(({ name }) => [`${family}-russian`, `${family}-russian-signs`].includes(name));
    const characters = new Set(ranges.flatMap(({ unicodeRange }) => codePointsOf(unicodeRange)));
    const missing = [..."–40 °C, 12 %, № 7, MDCXLIV"].filter((each) => !characters.has(each.codePointAt(0) ?? 0));
    expect(missing).toEqual([]);
  },
);

test("a subset font has a family name of its own, and keeps its copyright", async () => {
  for (const face of FONT_FACES) {
    const font = await convert(readFileSync(fontFacePath(face)), "truetype", "woff2");
    const names = parseNameTable(parseFontTables(font).find(({ tag }) => tag === "name")?.bytes ?? Buffer.alloc(6));
    const { 0: copyright, 5: _version, 14: _address, ...others } = Object.fromEntries(names);
    expect(copyright, face.name).toMatch(/^© .*Adobe.*Reserved Font Name ‘Source’/);
    expect(Object.values(others).join(), face.name).not.toMatch(/source/i);
    expect(others[1], face.name).toMatch(/^Appeal S(ans|erif)$/);
  }
});

test("FONT_FACES lists every font file of the folder", () => {
  const files = readdirSync(FONT_FACES_FOLDER).filter((name) => name.endsWith(".woff2"));
  expect(files.sort()).toEqual(FONT_FACES.map(({ name }) => `${name}.woff2`).sort());
});
