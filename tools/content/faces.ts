import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convert } from "fontverter";
import subsetFont from "subset-font";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { withFamilyName } from "./font-name";

/**
 * The family names of the site's fonts. The name "Source" is reserved for the original fonts, so a subset needs another
 * name (SIL Open Font License, section 3).
 */
const OWN_NAMES = { "source-serif-4": "Appeal Serif", "source-sans-3": "Appeal Sans" } as const;
const NOT_NEEDED = ["STAT", "BASE", "MVAR"];

export const FONT_FACES_FOLDER = join(REPOSITORY_ROOT, "components/site/faces");
export const FONT_FACES_STYLESHEET_PATH = join(REPOSITORY_ROOT, "components/style/faces.css");

/** The recipe of one font file. `unicodeRange`: its characters, as a CSS unicode-range. */
export type FontFaceRecipe = {
  name: string;
  sourceFont: string;
  unicodeRange: string;
  weights: number | { min: number; max: number };
  features?: string[];
};

const CORE =
  "U+0020-007E, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B7, U+00BB, U+00D7, U+2009, U+2011, U+2013-2014, U+2018-2019, U+201C-201D, U+2026, U+202F, U+20AC, U+2212";
const LATIN =
  "U+00A1-00A2, U+00A4, U+00A6-00A8, U+00AA, U+00AC-00B6, U+00B8-00BA, U+00BC-00D6, U+00D8-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2010, U+2012, U+2015, U+201A, U+201E, U+2020-2022, U+2030, U+2032-2033, U+2039-203A, U+2044, U+2122, U+2191, U+2193, U+2215";
const LATIN_EXT = "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20BC, U+20BE-20C0";
/** The rouble sign has a file of its own, so that a price in roubles does not load the larger LATIN_EXT file. */
const ROUBLE = "U+20BD";
const RUSSIAN = "U+0401, U+0410-044F, U+0451, U+2116";
const CYRILLIC = "U+0400, U+0402-040F, U+0450, U+0452-045F, U+0490-0491, U+04B0-04B1";
/** The digits, punctuation and signs of Russian texts, and the Latin letters of °C and of Roman numerals. */
const SIGNS =
  "U+0020-0022, U+0024-0025, U+0027-003B, U+003F, U+0043-0044, U+0049, U+004C-004D, U+0056, U+0058, U+00A0, U+00AB, U+00B0, U+00BB, U+2013-2014, U+2026, U+20AC";
/** Digits, signs and the Latin letters without accents, for the names and addresses in forms and footers. */
const SIGNS_AND_LETTERS =
  "U+0020-005A, U+0061-007A, U+00A0, U+00A3, U+00A5, U+00A9, U+00AB, U+00B0, U+00B7, U+00BB, U+2013-2014, U+2019, U+2026, U+202F, U+20AC, U+2212";
const LETTERS = "U+0020, U+0026-0027, U+002E, U+0041-005A, U+0061-007A";
const WEIGHTS = { min: 400, max: 700 };
/** Only weights up to semibold (600), because a file that contains heavier weights is larger. */
const LIGHTER = { min: 400, max: 600 };
const FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"];
const KERNING = ["kern"];
/**
 * The font features of fonts that show only a few Latin words in Russian texts: none. Features such as kerning would
 * make the files larger.
 */
const PLAIN: string[] = [];

export const FONT_FACES: FontFaceRecipe[] = [
  { name: "serif", sourceFont: "source-serif-4-latin-wght-normal", unicodeRange: CORE, weights: WEIGHTS },
  { name: "serif-latin", sourceFont: "source-serif-4-latin-wght-normal", unicodeRange: LATIN, weights: WEIGHTS },
  {
    name: "serif-latin-ext",
    sourceFont: "source-serif-4-latin-ext-wght-normal",
    unicodeRange: LATIN_EXT,
    weights: WEIGHTS,
  },
  { name: "serif-rouble", sourceFont: "source-serif-4-latin-ext-wght-normal", unicodeRange: ROUBLE, weights: WEIGHTS },
  {
    name: "serif-russian",
    sourceFont: "source-serif-4-cyrillic-wght-normal",
    unicodeRange: RUSSIAN,
    weights: LIGHTER,
    features: KERNING,
  },
  {
    name: "serif-russian-signs",
    sourceFont: "source-serif-4-latin-wght-normal",
    unicodeRange: SIGNS,
    weights: LIGHTER,
    features: KERNING,
  },
  {
    name: "serif-name",
    sourceFont: "source-serif-4-latin-wght-normal",
    unicodeRange: LETTERS,
    weights: 700,
    features: KERNING,
  },
  {
    name: "serif-cyrillic",
    sourceFont: "source-serif-4-cyrillic-wght-normal",
    unicodeRange: CYRILLIC,
    weights: WEIGHTS,
  },
  { name: "serif-italic", sourceFont: "source-serif-4-latin-wght-italic", unicodeRange: CORE, weights: 400 },
  { name: "serif-italic-latin", sourceFont: "source-serif-4-latin-wght-italic", unicodeRange: LATIN, weights: 400 },
  {
    name: "serif-italic-russian",
    sourceFont: "source-serif-4-cyrillic-wght-italic",
    unicodeRange: RUSSIAN,
    weights: 400,
    features: KERNING,
  },
  {
    name: "serif-italic-cyrillic",
    sourceFont: "source-serif-4-cyrillic-wght-italic",
    unicodeRange: CYRILLIC,
    weights: 400,
  },
  { name: "sans", sourceFont: "source-sans-3-latin-wght-normal", unicodeRange: CORE, weights: LIGHTER },
  { name: "sans-latin", sourceFont: "source-sans-3-latin-wght-normal", unicodeRange: LATIN, weights: LIGHTER },
  {
    name: "sans-latin-ext",
    sourceFont: "source-sans-3-latin-ext-wght-normal",
    unicodeRange: LATIN_EXT,
    weights: LIGHTER,
  },
  { name: "sans-rouble", sourceFont: "source-sans-3-latin-ext-wght-normal", unicodeRange: ROUBLE, weights: LIGHTER },
  {
    name: "sans-russian",
    sourceFont: "source-sans-3-cyrillic-wght-normal",
    unicodeRange: RUSSIAN,
    weights: LIGHTER,
    features: KERNING,
  },
  {
    name: "sans-russian-signs",
    sourceFont: "source-sans-3-latin-wght-normal",
    unicodeRange: SIGNS_AND_LETTERS,
    weights: LIGHTER,
    features: PLAIN,
  },
  { name: "sans-cyrillic", sourceFont: "source-sans-3-cyrillic-wght-normal", unicodeRange: CYRILLIC, weights: LIGHTER },
];

export function fontFacePath({ name }: Pick<FontFaceRecipe, "name">): string {
  return join(FONT_FACES_FOLDER, `${name}.woff2`);
}

export async function makeFontFace({
  sourceFont,
  unicodeRange,
  weights,
  features = FEATURES,
}: FontFaceRecipe): Promise<Buffer> {
  const family = sourceFont.startsWith("source-serif-4") ? "source-serif-4" : "source-sans-3";
  const source = readFileSync(
    join(REPOSITORY_ROOT, `node_modules/@fontsource-variable/${family}/files/${sourceFont}.woff2`),
  );
  const cut = await subsetFont(source, String.fromCodePoint(...codePointsOf(unicodeRange)), {
    targetFormat: "truetype",
    variationAxes: { wght: weights },
    keepFeatures: features,
    dropTables: NOT_NEEDED,
  });
  return convert(withFamilyName(cut, OWN_NAMES[family]), "woff2", "truetype");
}

export function formatFontFacesStylesheet(): string {
  const rules = FONT_FACES.map(({ name, unicodeRange, weights }) => {
    const weight = typeof weights === "number" ? weights : `${weights.min} ${weights.max}`;
    return `@font-face {
  font-family: "appeal ${name}";
  font-style: ${name.includes("italic") ? "italic" : "normal"};
  font-weight: ${weight};
  font-display: swap;
  src: url("../site/faces/${name}.woff2") format("woff2");
  unicode-range: ${unicodeRange};
}
`;
  });
  return [
    "/* The site's own fonts. `npm run faces` writes this file. To change the fonts, edit tools/content/faces.ts. */\n",
    ...rules,
  ].join("\n");
}

/**
 * Returns the code points of a CSS unicode-range. The range must be written as in this file: parts such as `U+20-7E` or
 * `U+A9`, separated by a comma and a space.
 */
export function codePointsOf(range: string): number[] {
  return range.split(", ").flatMap((part) => {
    const [first = 0, last = first] = part
      .slice(2)
      .split("-")
      .map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
