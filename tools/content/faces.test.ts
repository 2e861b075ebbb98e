// Compares the site's font files and the stylesheet that declares them with what `npm run faces` writes.
import { readdirSync, readFileSync } from "node:fs";
import { convert } from "fontverter";
import { expect, test } from "vitest";
import { FACES, FACES_FOLDER, FACES_SHEET, facePath, facesSheet, makeFace } from "./faces";
import { readNames, readTables } from "./font-name";

test.each(FACES)("the font file $name is made from its package", async (face) => {
  const made = await makeFace(face);
  expect(made.equals(readFileSync(facePath(face))), "npm run faces").toBe(true);
});

test("faces.css declares every font file with its range and weights", () => {
  expect(readFileSync(FACES_SHEET, "utf8"), "npm run faces").toBe(facesSheet());
});

test.each([
  ["an English article", 35_000, ["serif", "sans"]],
  [
    "a Russian article",
    45_000,
    ["serif-russian", "serif-russian-signs", "serif-name", "sans-russian", "sans-russian-signs"],
  ],
])("the fonts of %s have at most %i bytes", (_, maxBytes, names) => {
  const sizes = names.map((name) => readFileSync(facePath({ name })).length);
  expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(maxBytes);
});

test("a subset font has a family name of its own, and keeps its copyright", async () => {
  for (const face of FACES) {
    const font = await convert(readFileSync(facePath(face)), "truetype", "woff2");
    const names = readNames(readTables(font).find(({ tag }) => tag === "name")?.bytes ?? Buffer.alloc(6));
    const { 0: copyright, 5: _version, 14: _address, ...others } = Object.fromEntries(names);
    expect(copyright, face.name).toMatch(/^© .*Adobe.*Reserved Font Name ‘Source’/);
    expect(Object.values(others).join(), face.name).not.toMatch(/source/i);
    expect(others[1], face.name).toMatch(/^Appeal S(ans|erif)$/);
  }
});

test("FACES lists every font file of the folder", () => {
  const files = readdirSync(FACES_FOLDER).filter((name) => name.endsWith(".woff2"));
  expect(files.sort()).toEqual(FACES.map(({ name }) => `${name}.woff2`).sort());
});
