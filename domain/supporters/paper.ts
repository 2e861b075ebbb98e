// The words of a receipt or statement. The page and the PDF draw the same Paper, so they cannot differ.

/** `id` tells lines of one list apart. */
export type PaperLine = { id: string; name: string; value: string };

export type PaperTable = {
  id: string;
  title: string;
  /** Says why the table's lines are not counted; null for a table whose lines are. */
  note: string | null;
  /** One name for each cell. The last cell is an amount. */
  columns: string[];
  rows: { id: string; cells: string[] }[];
  /** Summary lines; the last is the total. Empty for lines that are not counted. */
  sums: PaperLine[];
};

export type Paper = {
  language: string;
  /** The publication's name, at the head of the paper. */
  name: string;
  /** The recipient of the money, line by line. */
  issuer: string[];
  title: string;
  /** The title of the PDF document, which tells one paper from another. */
  documentTitle: string;
  facts: PaperLine[];
  /** Amounts of a receipt; the last is what was given, or kept if part of it went back. */
  sums: PaperLine[];
  tables: PaperTable[];
  notes: string[];
  /** The day on which it was drawn up, `2026-11-27`. */
  drawnUpOn: string;
  /** "Page 1 of 2" */
  pageOf: (page: number, pages: number) => string;
};

/** A statement as figures, for a spreadsheet. An amount is a decimal with a point, whatever the language. */
export type FigureTable = { columns: string[]; rows: (string | { decimal: string })[][] };
