// Writes a document as a PDF: tagged for screen readers (PDF/UA), with its fonts embedded, without links, scripts or
// pictures. The same document always gives the same bytes.
import "server-only";
import type { Readable } from "node:stream";
import PDFDocument, { type StructureElement } from "pdfkit";
import { directionOf, type TextDirection } from "../../domain/direction";
import type { DocumentContent, DocumentLine, DocumentTable } from "../../domain/supporters/document-content";
import { loadDocumentFonts } from "./fonts";
import { actualTextIfRightToLeft, drawTextLines, lineHeight, type TextStyle, textWidth, wrapText } from "./text";

export type PaperSize = "A4" | "LETTER";

const MARGIN = 57;
const INK = "#17181a";
const SOFT = "#56585b";
const RULE = "#b9b6ae";
const NAME: TextStyle = { face: "serif-bold", points: 17, color: INK };
const TITLE: TextStyle = { face: "serif-bold", points: 21, color: INK };
const SECTION: TextStyle = { face: "serif-bold", points: 12.5, color: INK };
const TEXT: TextStyle = { face: "sans", points: 10, color: INK };
const LABEL: TextStyle = { ...TEXT, color: SOFT };
const VALUE: TextStyle = { ...TEXT, face: "sans-bold" };
const LAST: TextStyle = { ...VALUE, points: 12 };
const SMALL: TextStyle = { ...LABEL, points: 8.5 };
/** The space above and below the text of a row, in points. */
const ROW_PADDING = 3.5;
const GAP = 14;

type Sheet = {
  doc: PDFDocument;
  direction: TextDirection;
  /** The structure tree of the PDF, which a screen reader follows. */
  root: StructureElement;
  left: number;
  right: number;
  bottom: number;
  /** The vertical position of the next text, row or rule, in points from the top. */
  y: number;
};

export function documentAsPdf(content: DocumentContent, size: PaperSize): Readable {
  const doc = new PDFDocument({
    size,
    margin: MARGIN,
    pdfVersion: "1.7",
    subset: "PDF/UA",
    tagged: true,
    lang: content.language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: titleOf(content), CreationDate: new Date(`${content.issuedOn}T00:00:00Z`) },
    font: null,
  });
  for (const [name, font] of loadDocumentFonts()) doc.registerFont(name, font);
  const root = doc.struct("Document");
  doc.addStructure(root);
  const { width, height } = doc.page;
  const direction = directionOf(content.language);
  const sheet = { doc, direction, root, left: MARGIN, right: width - MARGIN, bottom: height - MARGIN, y: MARGIN };
  drawDocument(sheet, content);
  root.end();
  numberPages(sheet, content);
  doc.end();
  return doc;
}

/** Returns the title without `<`, `>` and `&`, because pdfkit writes it into XML unescaped. */
function titleOf({ documentTitle }: DocumentContent): string {
  return documentTitle.replace(/[<>&]/g, " ");
}

function drawDocument(sheet: Sheet, { name, issuer, title, facts, sums, tables, notes }: DocumentContent): void {
  drawHead(sheet, { name, issuer });
  drawText(sheet, "H1", { text: title, style: TITLE });
  sheet.y += GAP / 2;
  drawFacts(sheet, facts);
  if (sums.length > 0) drawSums(sheet, sums);
  for (const table of tables) drawTable(sheet, table);
  sheet.y += GAP;
  notes.forEach((text, index) => {
    drawText(sheet, "P", { text, style: index === 0 ? TEXT : SMALL });
    sheet.y += 4;
  });
}

function drawHead(sheet: Sheet, { name, issuer }: Pick<DocumentContent, "name" | "issuer">): void {
  const { doc, root, left, right, y } = sheet;
  const middle = left + (right - left) * 0.55;
  const names = wrapText(doc, name, { ...NAME, width: middle - left - GAP });
  const facts = issuer.flatMap((text) => wrapText(doc, text, { ...SMALL, width: right - middle }));
  root.add(
    doc.struct("P", actualTextIfRightToLeft([name]), () => drawTextLines(sheet, names, { x: left, y, style: NAME })),
  );
  if (facts.length > 0)
    root.add(
      doc.struct("P", actualTextIfRightToLeft(issuer), () =>
        drawTextLines(sheet, endWithSpaces(facts), { x: middle, y: y + 5, style: SMALL }),
      ),
    );
  sheet.y += Math.max(names.length * lineHeight(NAME), facts.length * lineHeight(SMALL) + 5) + 6;
  drawRule(sheet, { weight: 1.2, color: INK });
  sheet.y += 2.6;
  drawRule(sheet, { weight: 0.5, color: INK });
  sheet.y += GAP * 1.6;
}

/**
 * Ends each line with a space. Otherwise a screen reader would join the last word of a line to the first word of the
 * next.
 */
function endWithSpaces(lines: readonly string[]): string[] {
  return lines.map((line) => `${line.trimEnd()} `);
}

function drawText(sheet: Sheet, tag: "H1" | "H2" | "P", { text, style }: { text: string; style: TextStyle }): void {
  const { doc, root, left, right } = sheet;
  const lines = wrapText(doc, text, { ...style, width: right - left });
  const height = lines.length * lineHeight(style);
  startPageUnless(sheet, height);
  const { y } = sheet;
  root.add(doc.struct(tag, actualTextIfRightToLeft([text]), () => drawTextLines(sheet, lines, { x: left, y, style })));
  sheet.y += height;
}

type Cell = {
  tag: "TH" | "TD";
  scope?: "Row" | "Column";
  text: string;
  style: TextStyle;
  x: number;
  width: number;
  align?: "start" | "end";
};

function drawFacts(sheet: Sheet, facts: readonly DocumentLine[]): void {
  const { doc, root, left, right } = sheet;
  const wide = Math.min(Math.max(...facts.map(({ name }) => textWidth(doc, name, LABEL))) + 24, (right - left) / 2);
  const table = doc.struct("Table");
  root.add(table);
  for (const { name, value } of facts)
    drawRow(sheet, table, [
      { tag: "TH", scope: "Row", text: name, style: LABEL, x: left, width: wide - 10 },
      { tag: "TD", text: value, style: TEXT, x: left + wide, width: right - left - wide },
    ]);
  table.end();
}

/** Draws a table of amounts. The last row is the total, in larger type. */
function drawSums(sheet: Sheet, sums: readonly DocumentLine[]): void {
  const { doc, root, left, right } = sheet;
  sheet.y += GAP;
  const table = doc.struct("Table");
  root.add(table);
  sums.forEach(({ name, value }, index) => {
    const isLast = index === sums.length - 1;
    const style = isLast ? LAST : VALUE;
    const wide = textWidth(doc, value, style);
    startPageUnless(sheet, rowHeight(style));
    drawRule(sheet, isLast ? { weight: 0.8, color: INK } : { weight: 0.5, color: RULE });
    drawRow(sheet, table, [
      { tag: "TH", scope: "Row", text: name, style: isLast ? LAST : LABEL, x: left, width: right - left - wide - GAP },
      { tag: "TD", text: value, style, x: right, width: wide + 1, align: "end" },
    ]);
  });
  table.end();
  drawRule(sheet, { weight: 0.8, color: INK });
}

function drawTable(sheet: Sheet, { title, note, columns, rows, sums }: DocumentTable): void {
  const { doc, root } = sheet;
  sheet.y += GAP * 1.2;
  // Starts a new page if the heading and the first rows below it do not fit on this one.
  startPageUnless(sheet, lineHeight(SECTION) + 4 * rowHeight(TEXT));
  drawText(sheet, "H2", { text: title, style: SECTION });
  sheet.y += 3;
  if (note) drawText(sheet, "P", { text: note, style: SMALL });
  sheet.y += 5;
  if (rows.length > 0) {
    const cellsOf = placeColumns(sheet, { columns, rows });
    const heads = cellsOf(columns, "head");
    const table = doc.struct("Table");
    root.add(table);
    drawRule(sheet, { weight: 0.8, color: INK });
    drawRow(sheet, table, heads);
    for (const { cells } of rows) {
      const row = cellsOf(cells, "body");
      if (startPageUnless(sheet, heightOf(doc, row))) repeatHeads(sheet, heads);
      drawRule(sheet, { weight: 0.5, color: RULE });
      drawRow(sheet, table, row);
    }
    table.end();
  }
  if (sums.length > 0) {
    sheet.y -= GAP;
    drawSums(sheet, sums);
  } else drawRule(sheet, { weight: 0.8, color: INK });
}

/** Returns a function that places the cells of a row. The second column gets the width that the others leave. */
function placeColumns(sheet: Sheet, { columns, rows }: Pick<DocumentTable, "columns" | "rows">) {
  const { doc, left, right } = sheet;
  const natural = columns.map((column, index) =>
    Math.max(...[column, ...rows.map(({ cells }) => cells[index] ?? "")].map((text) => textWidth(doc, text, VALUE))),
  );
  const others = natural.reduce((sum, width, index) => sum + (index === 1 ? 0 : width + GAP), 0);
  const widths = natural.map((width, index) => (index === 1 ? Math.max(right - left - others, 90) : width + 1));
  return (texts: readonly string[], part: "head" | "body"): Cell[] =>
    texts.map((text, index) => {
      const isAmount = index === texts.length - 1;
      const x = widths.slice(0, index).reduce((sum, width) => sum + width + GAP, left);
      const head: Pick<Cell, "tag" | "scope"> = part === "head" ? { tag: "TH", scope: "Column" } : { tag: "TD" };
      const rowHead: Pick<Cell, "tag" | "scope"> = index === 0 && part === "body" ? { tag: "TH", scope: "Row" } : head;
      const style = part === "head" ? LABEL : isAmount ? VALUE : TEXT;
      const width = widths[index] ?? 0;
      return { ...rowHead, text, style, width, ...(isAmount ? { x: right, align: "end" } : { x }) };
    });
}

function drawRow(sheet: Sheet, table: StructureElement, cells: readonly Cell[]): void {
  const { doc } = sheet;
  startPageUnless(sheet, heightOf(doc, cells));
  const { y } = sheet;
  const drawn = cells.map((cell) =>
    doc.struct(cell.tag, { ...scopeOf(cell), ...actualTextIfRightToLeft([cell.text]) }, () => drawCell(sheet, cell, y)),
  );
  table.add(doc.struct("TR", {}, drawn));
  sheet.y += heightOf(doc, cells);
}

function drawCell(sheet: Sheet, cell: Cell, y: number): void {
  const { text, style, x, width, align } = cell;
  drawTextLines(sheet, wrapText(sheet.doc, text, { ...style, width }), { x, y: y + ROW_PADDING, style, align });
}

function scopeOf({ scope }: Cell) {
  return scope ? { scope } : {};
}

function heightOf(doc: PDFDocument, cells: readonly Cell[]): number {
  const heights = cells.map(
    ({ text, style, width }) => wrapText(doc, text, { ...style, width }).length * lineHeight(style),
  );
  return Math.max(...heights) + 2 * ROW_PADDING;
}

function rowHeight(style: TextStyle): number {
  return lineHeight(style) + 2 * ROW_PADDING;
}

/**
 * Draws the column headings again on a new page. The repeated headings are marked as an artifact in the PDF, so that
 * screen readers skip them.
 */
function repeatHeads(sheet: Sheet, heads: readonly Cell[]): void {
  const { doc, y } = sheet;
  drawRule(sheet, { weight: 0.8, color: INK });
  doc.markContent("Artifact", { type: "Pagination" });
  for (const head of heads) drawCell(sheet, head, y);
  doc.endMarkedContent();
  sheet.y += heightOf(doc, heads);
}

function drawRule({ doc, left, right, y }: Sheet, { weight, color }: { weight: number; color: string }): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc.moveTo(left, y).lineTo(right, y).lineWidth(weight).strokeColor(color).stroke();
  doc.endMarkedContent();
}

/** Starts a new page unless `height` still fits on this one. Returns true if it started one. */
function startPageUnless(sheet: Sheet, height: number): boolean {
  if (sheet.y + height <= sheet.bottom) return false;
  sheet.doc.addPage();
  sheet.y = MARGIN;
  return true;
}

function numberPages(sheet: Sheet, { title, pageOf }: DocumentContent): void {
  const { doc, right, left, bottom } = sheet;
  const { count } = doc.bufferedPageRange();
  if (count < 2) return;
  for (let index = 0; index < count; index++) {
    doc.switchToPage(index);
    doc.markContent("Artifact", { type: "Pagination" });
    drawTextLines(sheet, [title], { x: left, y: bottom + 14, style: SMALL });
    drawTextLines(sheet, [pageOf(index + 1, count)], { x: right, y: bottom + 14, style: SMALL, align: "end" });
    doc.endMarkedContent();
  }
}
