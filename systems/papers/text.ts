// Breaks text on a page of a PDF into lines, measures it and draws it, each run in the font that has its letters.
import "server-only";
import type PDFDocument from "pdfkit";
import { type Face, runsOf } from "./fonts";

export type Style = { face: Face; points: number; color: string };

/** The distance between two baselines. */
export function leadingOf({ points }: Style): number {
  return points * 1.4;
}

export function widthOf(doc: PDFDocument, text: string, style: Style): number {
  return runsOf(text, style.face).reduce((width, { font, text }) => {
    return width + doc.font(font).fontSize(style.points).widthOfString(text);
  }, 0);
}

/** Breaks a text at spaces, and inside a word only if the word alone is too long. A line keeps its last space for screen readers. */
export function linesOf(doc: PDFDocument, text: string, { width, ...style }: Style & { width: number }): string[] {
  const lines = [""];
  for (const word of text.split(/(?<= )/).flatMap((word) => piecesOf(doc, word, { width, ...style }))) {
    const line = lines.at(-1) ?? "";
    if (line && widthOf(doc, (line + word).trimEnd(), style) > width) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map((line, index) => (index === lines.length - 1 ? line.trimEnd() : line));
}

function piecesOf(doc: PDFDocument, word: string, { width, ...style }: Style & { width: number }): string[] {
  if (widthOf(doc, word.trimEnd(), style) <= width) return [word];
  const pieces = [""];
  for (const letter of word) {
    const piece = pieces.at(-1) ?? "";
    if (piece && widthOf(doc, piece + letter, style) > width) pieces.push(letter);
    else pieces[pieces.length - 1] = piece + letter;
  }
  return pieces;
}

/** Draws lines of text. `y`: the top of the first line. `x`: the left end of each line, or its right end if `align` is `end`. */
export function drawLines(
  doc: PDFDocument,
  lines: readonly string[],
  { x, y, style, align = "start" }: { x: number; y: number; style: Style; align?: "start" | "end" },
): void {
  lines.forEach((line, index) => {
    let at = align === "end" ? x - widthOf(doc, line.trimEnd(), style) : x;
    const baseline = y + index * leadingOf(style) + style.points;
    for (const { font, text } of runsOf(line, style.face)) {
      doc.font(font).fontSize(style.points).fillColor(style.color);
      doc.text(text, at, baseline, { lineBreak: false, baseline: "alphabetic" });
      at += doc.widthOfString(text);
    }
  });
}
