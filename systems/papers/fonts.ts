// The site's own typefaces for receipts and statements. The files are static, because pdfkit cannot embed variable fonts. Each file
// holds one script, so a text is cut into runs that each use one file.
import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, type Font } from "fontkit";
import { unpackWoff } from "./woff";

export type Face = "serif-bold" | "sans" | "sans-bold";
/** `font`: the name under which the PDF document has registered the font. */
export type Run = { font: string; text: string };

const FILES: Record<Face, (script: string) => string> = {
  "serif-bold": (script) => `source-serif-4/files/source-serif-4-${script}-600-normal.woff`,
  sans: (script) => `source-sans-3/files/source-sans-3-${script}-400-normal.woff`,
  "sans-bold": (script) => `source-sans-3/files/source-sans-3-${script}-600-normal.woff`,
};
/** The scripts in order of preference: a letter is drawn by the first font that has it. */
const SCRIPTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"] as const;
/** Drawn for a letter that no font has. PDF/UA forbids the empty box, which is not text. */
const UNKNOWN = "?";
/** Currency signs that no font has, and the codes drawn in their place. */
const CODES: Record<string, string> = { "₪": "ILS", "฿": "THB" };
const SPACES = /[\u2000-\u200a\u202f\u205f]/gu;

let parsed: Map<string, Font> | null = null;

/** All fonts by name. They are read once per process; each document embeds only the letters that it draws. */
export function paperFonts(): ReadonlyMap<string, Font> {
  parsed ??= new Map(
    (Object.keys(FILES) as Face[]).flatMap((face) =>
      SCRIPTS.map((script) => [nameOf(face, script), readFont(FILES[face](script))] as const),
    ),
  );
  return parsed;
}

/** Cuts a text into runs. A run continues while its font has the letters, so a space or a figure does not end it. */
export function runsOf(text: string, face: Face): Run[] {
  const runs: Run[] = [];
  for (const typed of drawable(text)) {
    const font = fontFor(typed, face, runs.at(-1)?.font);
    const letter = font ? typed : UNKNOWN;
    const name = font ?? nameOf(face, "latin");
    const last = runs.at(-1);
    if (last?.font === name) last.text += letter;
    else runs.push({ font: name, text: letter });
  }
  return runs;
}

/** False if a letter would be drawn as UNKNOWN. */
export function isDrawable(text: string, face: Face): boolean {
  return Array.from(drawable(text)).every((letter) => fontFor(letter, face) !== null);
}

/** Composes letters with their marks. Replaces spaces and currency signs that the fonts lack: Intl uses spaces of many widths. */
function drawable(text: string): string {
  const plain = text.normalize("NFC").replace(SPACES, "\u00a0");
  return plain.replace(/([₪฿])(\d?)/gu, (_, sign, digit) => `${CODES[sign]}${digit && `\u00a0${digit}`}`);
}

function fontFor(letter: string, face: Face, preferred?: string): string | null {
  const able = fontsWith(letter, face);
  return (preferred !== undefined && able.includes(preferred) ? preferred : able[0]) ?? null;
}

/** A cache of fontsWith, because a font is slow to look up a letter, and documents draw the same few letters. */
const able = new Map<string, readonly string[]>();

function fontsWith(letter: string, face: Face): readonly string[] {
  const key = `${face} ${letter}`;
  const ready = able.get(key);
  if (ready) return ready;
  const has = (name: string) =>
    paperFonts()
      .get(name)
      ?.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
  const names = SCRIPTS.map((script) => nameOf(face, script)).filter(has);
  if (names.length > 0) able.set(key, names);
  return names;
}

function nameOf(face: Face, script: (typeof SCRIPTS)[number]): string {
  return `${face} ${script}`;
}

function readFont(file: string): Font {
  const font = create(unpackWoff(readFileSync(join(process.cwd(), "node_modules/@fontsource", file))));
  if (!("layout" in font)) throw new Error(`${file} is a collection of fonts`);
  return font;
}
