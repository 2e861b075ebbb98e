// The site's font files, made from @fontsource's: `npm run faces` writes them to components/site/faces/. Each file holds the letters of its range,
// the weights that the styles use, and the features that matter in them. An English page needs `serif`, `serif-italic` and `sans`: 48 KB.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";
import { ROOT } from "../run/paths.mjs";

export const FACES_FOLDER = join(ROOT, "components/site/faces");

/** `range`: a CSS unicode-range, as components/site/fonts.ts repeats it. */
export type Face = { name: string; from: string; range: string; weights: number | { min: number; max: number } };

const CORE =
  "U+0020-007E, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B7, U+00BB, U+00D7, U+2009, U+2011, U+2013-2014, U+2018-2019, U+201C-201D, U+2026, U+202F, U+20AC, U+2212";
const LATIN =
  "U+00A1-00A2, U+00A4, U+00A6-00A8, U+00AA, U+00AC-00B6, U+00B8-00BA, U+00BC-00D6, U+00D8-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2010, U+2012, U+2015, U+201A, U+201E, U+2020-2022, U+2030, U+2032-2033, U+2039-203A, U+2044, U+2122, U+2191, U+2193, U+2215";
const LATIN_EXT = "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20C0";
const CYRILLIC = "U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116";
const WEIGHTS = { min: 400, max: 700 };
/** Kerning, ligatures, marks and a language's own forms; figures of one width and of a capital's height. */
const FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"];

export const FACES: Face[] = [
  { name: "serif", from: "source-serif-4-latin-wght-normal", range: CORE, weights: WEIGHTS },
  { name: "serif-latin", from: "source-serif-4-latin-wght-normal", range: LATIN, weights: WEIGHTS },
  { name: "serif-latin-ext", from: "source-serif-4-latin-ext-wght-normal", range: LATIN_EXT, weights: WEIGHTS },
  { name: "serif-cyrillic", from: "source-serif-4-cyrillic-wght-normal", range: CYRILLIC, weights: WEIGHTS },
  { name: "serif-italic", from: "source-serif-4-latin-wght-italic", range: CORE, weights: 400 },
  { name: "serif-italic-latin", from: "source-serif-4-latin-wght-italic", range: LATIN, weights: 400 },
  { name: "serif-italic-cyrillic", from: "source-serif-4-cyrillic-wght-italic", range: CYRILLIC, weights: 400 },
  { name: "sans", from: "source-sans-3-latin-wght-normal", range: CORE, weights: WEIGHTS },
  { name: "sans-latin", from: "source-sans-3-latin-wght-normal", range: LATIN, weights: WEIGHTS },
  { name: "sans-latin-ext", from: "source-sans-3-latin-ext-wght-normal", range: LATIN_EXT, weights: WEIGHTS },
  { name: "sans-cyrillic", from: "source-sans-3-cyrillic-wght-normal", range: CYRILLIC, weights: WEIGHTS },
];

export function facePath({ name }: Pick<Face, "name">): string {
  return join(FACES_FOLDER, `${name}.woff2`);
}

/** Returns the bytes of the face's file. The same packages give the same bytes. */
export function makeFace({ from, range, weights }: Face): Promise<Buffer> {
  const family = from.startsWith("source-serif-4") ? "source-serif-4" : "source-sans-3";
  const source = readFileSync(join(ROOT, `node_modules/@fontsource-variable/${family}/files/${from}.woff2`));
  const letters = String.fromCodePoint(...codePointsOf(range));
  return subsetFont(source, letters, {
    targetFormat: "woff2",
    variationAxes: { wght: weights },
    keepFeatures: FEATURES,
  });
}

function codePointsOf(range: string): number[] {
  return range.split(", ").flatMap((part) => {
    const [first = 0, last = first] = part
      .slice(2)
      .split("-")
      .map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
