import "server-only";
import type PDFDocument from "pdfkit";
import type { TextDirection } from "../../domain/direction";
import { hasRightToLeftCharacter, type SameDirectionTextRun, splitByDirection } from "./direction";
import { type FontFace, type FontRun, splitByFont } from "./fonts";

export type TextStyle = { face: FontFace; points: number; color: string };

/** Returns the distance between two baselines, in points. */
export function lineHeight({ points }: TextStyle): number {
  return points * 1.4;
}

export function textWidth(doc: PDFDocument, text: string, style: TextStyle): number {
  return splitByFont(text, style.face).reduce((width, { font, text }) => {
    return width + doc.font(font).fontSize(style.points).widthOfString(text);
  }, 0);
}

/**
 * If the text has right-to-left letters, returns `actual`: the text in reading order. Screen readers need it, because
 * the PDF stores such letters in the order in which they stand on the page.
 */
export function actualTextIfRightToLeft(texts: readonly string[]): { actual?: string } {
  return texts.some(hasRightToLeftCharacter) ? { actual: texts.join(" ") } : {};
}

/**
 * Breaks a text into lines. Breaks a word only if it alone is wider than a line. Each line but the last keeps its final
 * space, for screen readers.
 */
export function wrapText(doc: PDFDocument, text: string, { width, ...style }: TextStyle & { width: number }): string[] {
  const lines = [""];
  for (const word of text.split(/(?<= )/).flatMap((word) => piecesOf(doc, word, { width, ...style }))) {
    const line = lines.at(-1) ?? "";
    if (line && textWidth(doc, (line + word).trimEnd(), style) > width) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map((line, index) => (index === lines.length - 1 ? line.trimEnd() : line));
}

function piecesOf(doc: PDFDocument, word: string, { width, ...style }: TextStyle & { width: number }): string[] {
  if (textWidth(doc, word.trimEnd(), style) <= width) return [word];
  const pieces = [""];
  for (const letter of word) {
    const piece = pieces.at(-1) ?? "";
    if (piece && textWidth(doc, piece + letter, style) > width) pieces.push(letter);
    else pieces[pieces.length - 1] = piece + letter;
  }
  return pieces;
}

type Placing = { x: number; y: number; style: TextStyle; align?: "start" | "end" };

/**
 * Draws lines of text. `y`: the top of the first line. `x`: the left end of each line, or the right end if `align` is
 * `end`. On right-to-left pages, left and right are swapped.
 */
export function drawTextLines(
  { doc, direction }: PdfWithTextDirection,
  lines: readonly string[],
  placing: Placing,
): void {
  const { y, style } = placing;
  lines.forEach((line, index) => {
    const baseline = y + index * lineHeight(style) + style.points;
    let at = leftOf({ doc, direction }, line, placing);
    const placed = splitByDirection(line, direction).map((part) => {
      const left = at;
      at += textWidth(doc, part.glyphs, style);
      return { ...part, left };
    });
    // Draws in reading order, because a screen reader follows the order in which the parts are drawn.
    for (const part of placed.toSorted((one, other) => one.start - other.start))
      drawPart(doc, part, { baseline, style });
  });
}

export type PdfWithTextDirection = { doc: PDFDocument; direction: TextDirection };

/**
 * Returns the horizontal position of the line's left end. Aligns the line without its final space, which lies beyond
 * the edge.
 */
function leftOf(
  { doc, direction }: PdfWithTextDirection,
  line: string,
  { x, style, align = "start" }: Placing,
): number {
  const visibleWidth = textWidth(doc, line.trimEnd(), style);
  if (direction === "ltr") return align === "end" ? x - visibleWidth : x;
  const right = doc.page.width - x + (align === "end" ? visibleWidth : 0);
  return right - textWidth(doc, line, style);
}

type At = { baseline: number; style: TextStyle };

function drawPart(
  doc: PDFDocument,
  { glyphs, left, isRightToLeft }: SameDirectionTextRun & { left: number },
  at: At,
): void {
  const runs = splitByFont(glyphs, at.style.face);
  // pdfkit reverses the letters of a right-to-left word, but not the order of the words in a run.
  const wordsOf = ({ font, text }: FontRun) => text.split(/(?<= )|(?= )/).map((word) => ({ font, text: word }));
  drawRuns(doc, isRightToLeft ? runs.flatMap(wordsOf).reverse() : runs, { ...at, left });
}

function drawRuns(doc: PDFDocument, runs: readonly FontRun[], { left, baseline, style }: At & { left: number }): void {
  let at = left;
  for (const { font, text } of runs) {
    doc.font(font).fontSize(style.points).fillColor(style.color);
    doc.text(text, at, baseline, { lineBreak: false, baseline: "alphabetic" });
    at += doc.widthOfString(text);
  }
}
