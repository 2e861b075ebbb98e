// Chooses the fonts of PDF files. The font files are static, because pdfkit cannot embed variable fonts. Each file
// holds one script. So a text with several scripts is split into parts, and each part uses one font file. Hebrew and
// Arabic letters come from IBM Plex Sans, in which each glyph stands for a letter. In Noto the dots of Arabic letters
// are separate glyphs, which PDF/UA forbids.
import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, type Font } from "fontkit";
import { unpackWoff } from "./woff";

export type FontFace = "serif-bold" | "sans" | "sans-bold";
/** `font`: the name under which the font is registered in the PDF document. */
export type FontRun = { font: string; text: string };

const FAMILIES: Record<FontFace, { family: string; weight: 400 | 600 }> = {
  "serif-bold": { family: "source-serif-4", weight: 600 },
  sans: { family: "source-sans-3", weight: 400 },
  "sans-bold": { family: "source-sans-3", weight: 600 },
};
/**
 * The scripts in order of preference. A letter is drawn with the font of the letter before it, if that font has it.
 * Otherwise it is drawn with the first font that has it.
 */
const SCRIPTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese", "hebrew", "arabic"] as const;
type Script = (typeof SCRIPTS)[number];
/** The font families for the scripts that the site's own typefaces lack. */
const OTHER_FAMILIES: Partial<Record<Script, string>> = {
  hebrew: "ibm-plex-sans-hebrew",
  arabic: "ibm-plex-sans-arabic",
};
/** Drawn for a letter that no font has. PDF/UA forbids the usual empty box, because it is not text. */
const UNKNOWN = "?";
/** Currency signs that no font has, with the currency codes that are drawn instead. */
const CODES: Record<string, string> = { "₪": "ILS", "฿": "THB" };
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const NON_JOINER = "\u200c";
const SPACES = /[\u2000-\u200a\u202f\u205f]/gu;

let parsed: Map<string, Font> | null = null;

/** Returns the fonts, which are read once per process. Each document embeds only the letters that it uses. */
export function loadDocumentFonts(): ReadonlyMap<string, Font> {
  parsed ??= new Map(
    (Object.keys(FAMILIES) as FontFace[]).flatMap((face) =>
      SCRIPTS.map((script) => [nameOf(face, script), readFont(fileOf(face, script))] as const),
    ),
  );
  return parsed;
}

/**
 * Cuts a text into runs, each of which is drawn in one font. A run continues as long as its font has the next letter. A
 * zero-width non-joiner ends the run, and is not drawn.
 */
export function splitByFont(text: string, face: FontFace): FontRun[] {
  return drawable(text)
    .split(NON_JOINER)
    .flatMap((part) => joinedRuns(part, face));
}

function joinedRuns(text: string, face: FontFace): FontRun[] {
  const runs: FontRun[] = [];
  for (const typed of text) {
    const font = fontFor(typed, face, runs.at(-1)?.font);
    const letter = font ? typed : UNKNOWN;
    const name = font ?? nameOf(face, "latin");
    const last = runs.at(-1);
    if (last?.font === name) last.text += letter;
    else runs.push({ font: name, text: letter });
  }
  return runs;
}

export function isDrawable(text: string, face: FontFace): boolean {
  return Array.from(drawable(text).replaceAll(NON_JOINER, "")).every((letter) => fontFor(letter, face) !== null);
}

/**
 * Returns the name; null if the fonts lack one of its letters, because a receipt without a name is better than one with
 * a wrong name.
 */
export function nameIfFontsCanDrawIt(name: string | null): string | null {
  return name !== null && isDrawable(name, "sans") ? name : null;
}

/**
 * Composes letters with their accents, replaces spaces and currency signs that the fonts lack, and removes direction
 * marks.
 */
function drawable(text: string): string {
  const plain = text.normalize("NFC").replace(SPACES, "\u00a0").replace(DIRECTION_MARKS, "");
  return plain.replace(/([₪฿])(\d?)/gu, (_, sign, digit) => `${CODES[sign]}${digit && `\u00a0${digit}`}`);
}

function fontFor(letter: string, face: FontFace, preferred?: string): string | null {
  const able = fontsWith(letter, face);
  return (preferred !== undefined && able.includes(preferred) ? preferred : able[0]) ?? null;
}

const able = new Map<string, readonly string[]>();

function fontsWith(letter: string, face: FontFace): readonly string[] {
  const key = `${face} ${letter}`;
  const ready = able.get(key);
  if (ready) return ready;
  const has = (name: string) =>
    loadDocumentFonts()
      .get(name)
      ?.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
  const names = SCRIPTS.map((script) => nameOf(face, script)).filter(has);
  if (names.length > 0) able.set(key, names);
  return names;
}

function fileOf(face: FontFace, script: Script): string {
  const { family: own, weight } = FAMILIES[face];
  const family = OTHER_FAMILIES[script] ?? own;
  return `${family}/files/${family}-${script}-${weight}-normal.woff`;
}

function nameOf(face: FontFace, script: Script): string {
  return `${face} ${script}`;
}

function readFont(file: string): Font {
  const font = create(unpackWoff(readFileSync(join(process.cwd(), "node_modules/@fontsource", file))));
  if (!("layout" in font)) throw new Error(`${file} is a collection of fonts`);
  return font;
}
