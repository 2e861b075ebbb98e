// Compares the site's font files with their packages, and the ranges and weights in fonts.ts with those in faces.ts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../run/paths.mjs";
import { FACES, FACES_FOLDER, facePath, makeFace } from "./faces";

const fonts = readFileSync(join(ROOT, "components/site/fonts.ts"), "utf8");

test.each(FACES)(
  "the font file $name is made from its package, and fonts.ts declares its range and weights",
  async (face) => {
    const made = await makeFace(face);
    expect(made.equals(readFileSync(facePath(face))), "npm run faces").toBe(true);
    const [, declared = ""] = fonts.split(`"./faces/${face.name}.woff2"`);
    const [, range] = /value:\s*"([^"]+)"/.exec(declared) ?? [];
    const [, weight] = /weight: "([^"]+)"/.exec(declared) ?? [];
    expect(range).toBe(face.range);
    expect(weight).toBe(typeof face.weights === "number" ? "400" : "400 700");
  },
);

test("an English page needs at most 50 KB of type", () => {
  const sizes = ["serif", "serif-italic", "sans"].map((name) => readFileSync(facePath({ name })).length);
  expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThanOrEqual(50_000);
});

test("every font file belongs to a face", () => {
  const files = readdirSync(FACES_FOLDER).filter((name) => name.endsWith(".woff2"));
  expect(files.sort()).toEqual(FACES.map(({ name }) => `${name}.woff2`).sort());
});
