// The words of a receipt or statement. The page and the PDF draw the same Paper, so they cannot differ.

/** `id` tells lines of one list apart. */
export type PaperLine = { id: string; name: string; value: string };

export type PaperTable = {
  id: string;
  title: string;
  /** Why these lines are in no sum; null for a table of lines that are. */
  note: string | null;
  /** One name for each cell. The last cell is an amount. */
  columns: string[];
  rows: { id: string; cells: string[] }[];
  /** The last is the one that matters. */
  sums: PaperLine[];
};

export type Paper = {
  language: string;
  /** The publication's name, at the head of the paper. */
  name: string;
  /** Who took the money, line by line. */
  issuer: string[];
  title: string;
  /** The title of the file, by which somebody finds one among many. */
  documentTitle: string;
  facts: PaperLine[];
  /** Amounts that need no table; the last is the one that matters. */
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
