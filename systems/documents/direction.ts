// Splits a line into parts of one writing direction, because a Hebrew or Arabic name can stand in an English line.
// pdfkit draws every text from left to right and does not implement the bidirectional algorithm.
import "server-only";
import bidiFactory from "bidi-js";
import type { TextDirection } from "../../domain/direction";

/**
 * A part of a line with one writing direction. `start`: the index in the line at which it begins. `glyphs`: its
 * characters in reading order. If it is right-to-left, its brackets are mirrored.
 */
export type SameDirectionTextRun = { start: number; glyphs: string; isRightToLeft: boolean };

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const bidi = bidiFactory();

export function hasRightToLeftCharacter(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Returns the parts in visual order, from left to right. `direction`: the writing direction of the whole text. */
export function splitByDirection(line: string, direction: TextDirection): SameDirectionTextRun[] {
  if (direction === "ltr" && !hasRightToLeftCharacter(line)) return [plainPart(line, 0)];
  const text = line.trimEnd();
  const parts = visualParts(text, direction);
  if (text === line) return parts;
  const spaces = plainPart(line.slice(text.length), text.length);
  return direction === "rtl" ? [spaces, ...parts] : [...parts, spaces];
}

function plainPart(text: string, start: number): SameDirectionTextRun {
  return { start, glyphs: text, isRightToLeft: false };
}

function visualParts(text: string, direction: TextDirection): SameDirectionTextRun[] {
  const embedding = bidi.getEmbeddingLevels(text, direction);
  const { levels } = embedding;
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  // getReorderedIndices() uses UTF-16 code units, so this splits the text into these.
  const units = text.split("").map((unit, index) => mirrored.get(index) ?? unit);
  const groups: number[][] = [];
  for (const index of bidi.getReorderedIndices(text, embedding)) {
    const last = groups.at(-1);
    const before = last?.at(-1) ?? Number.NaN;
    if (last && levels[before] === levels[index] && Math.abs(before - index) === 1) last.push(index);
    else groups.push([index]);
  }
  return groups.map((indices) => {
    const [start, end] = [Math.min(...indices), Math.max(...indices) + 1];
    const isRightToLeft = (levels[start] ?? 0) % 2 === 1;
    return { start, glyphs: units.slice(start, end).join(""), isRightToLeft };
  });
}
